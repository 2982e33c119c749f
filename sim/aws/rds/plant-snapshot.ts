import { z } from 'zod';
import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import { engineNamed } from './engines.ts';
import { clusterNamed } from './lookup.ts';
import { addSnapshot, snapshotOf } from './new-snapshot.ts';
import type { ClusterSnapshot } from './snapshot-state.ts';

const automated = z.strictObject({
  type: z.literal('automated'),
  /** The cluster of this account that RDS took it of. */
  cluster: z.string().min(1),
});

const shared = z.strictObject({
  type: z.literal('shared'),
  /** Whose it is; never this account's. */
  account: z.string().regex(/^\d{12}$/),
  name: z.string().regex(/^[a-z](?:-?[a-z0-9])*$/),
  /** What the cluster in that account is called. */
  cluster: z.string().min(1).default('production'),
  engine: z.string().default('aurora-mysql'),
  engineVersion: z.string().optional(),
  masterUsername: z.string().default('admin'),
  masterPassword: z.string().min(8),
  databaseName: z.string().optional(),
  kmsKeyId: z.string().optional(),
  /** With the data of this volume; with none otherwise. */
  dataOf: z.string().optional(),
});

const plantSchema = z.discriminatedUnion('type', [automated, shared]);

/** A snapshot that no call can make: taken by RDS, or shared by another account. */
export type SnapshotPlant = z.input<typeof plantSchema>;

/** Reads a plant from a request body. Throws RangeError with every problem in one sentence each. */
export function readSnapshotPlant(body: unknown): SnapshotPlant {
  const read = plantSchema.safeParse(body);
  if (!read.success) {
    throw new RangeError(z.prettifyError(read.error));
  }
  return read.data;
}

/** Puts it into the world at once, available as soon as its data is whole. Throws RangeError for what cannot be. */
export function plantSnapshot(world: World, plant: SnapshotPlant): ClusterSnapshot {
  const read = plantSchema.parse(plant);
  const { snapshot, from } = read.type === 'automated' ? ofCluster(world, read.cluster) : ofOtherAccount(world, read);
  if ([...world.rds.snapshots.values()].some(({ arn }) => arn === snapshot.arn)) {
    throw new RangeError(`there is a snapshot ${snapshot.arn} already`);
  }
  addSnapshot(world, snapshot, { seconds: 0, from });
  return snapshot;
}

interface Planted {
  readonly snapshot: ClusterSnapshot;
  readonly from: string | undefined;
}

function ofCluster(world: World, name: string): Planted {
  const cluster = asked(() => clusterNamed(world, name));
  const at = world.clock.now().toISOString().slice(0, 16).replace('T', '-').replace(':', '-');
  const id = `rds:${cluster.id}-${at}`;
  const arn = `arn:aws:rds:${world.region}:${world.accountId}:cluster-snapshot:${id}`;
  const { accountId } = world;
  const named = { id, arn, accountId, type: 'automated', sharedWith: [], tags: {} } as const;
  return { snapshot: snapshotOf(world, cluster, named), from: cluster.resourceId };
}

function ofOtherAccount(world: World, plant: z.output<typeof shared>): Planted {
  if (plant.account === world.accountId) {
    throw new RangeError('a shared snapshot is of another account');
  }
  const { defaultVersion, port } = asked(() => engineNamed(plant.engine));
  const now = world.clock.now();
  const snapshot: ClusterSnapshot = {
    id: plant.name,
    arn: `arn:aws:rds:${world.region}:${plant.account}:cluster-snapshot:${plant.name}`,
    accountId: plant.account,
    type: 'manual',
    clusterId: plant.cluster,
    clusterResourceId: `cluster-${world.uniqueHex(26).toUpperCase()}`,
    clusterCreatedAt: now,
    createdAt: now,
    engine: plant.engine,
    engineVersion: plant.engineVersion ?? defaultVersion,
    masterUsername: plant.masterUsername,
    masterPassword: plant.masterPassword,
    databaseName: plant.databaseName,
    storageEncrypted: plant.kmsKeyId !== undefined,
    kmsKeyId: plant.kmsKeyId,
    port,
    iamAuthentication: false,
    backupRetentionDays: 1,
    backupWindow: '03:00-03:30',
    maintenanceWindow: 'sun:04:00-sun:04:30',
    vpcId: '',
    availabilityZones: [],
    copiedFromArn: undefined,
    volumeId: `snapshot-${world.uniqueHex(26)}`,
    status: 'creating',
    sharedWith: [world.accountId],
    tags: {},
  };
  return { snapshot, from: plant.dataOf };
}

/** What RDS would refuse is a plant that cannot be. */
function asked<T>(find: () => T): T {
  try {
    return find();
  } catch (error) {
    throw error instanceof Refusal ? new RangeError(error.message) : error;
  }
}
