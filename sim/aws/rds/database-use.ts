import { z } from 'zod';
import type { World } from '../world.ts';
import { keyOf } from './identifiers.ts';
import type { Cluster, DatabaseUse } from './state.ts';

const useSchema = z.strictObject({
  cluster: z.string().min(1),
  connections: z.int().min(0).optional(),
  capacity: z.number().min(0).optional(),
  cpu: z.number().min(0).max(100).optional(),
  volumeBytes: z.int().min(0).optional(),
});

export type DatabaseUseChange = z.output<typeof useSchema>;

/** Reads a change from a request body. Throws RangeError with every problem in one sentence each. */
export function readDatabaseUse(body: unknown): DatabaseUseChange {
  const read = useSchema.safeParse(body);
  if (!read.success) {
    throw new RangeError(z.prettifyError(read.error));
  }
  return read.data;
}

/** What a small volume takes; that it is this much is assumed. */
const EMPTY_VOLUME_BYTES = 100_000_000;

/** From now on a cluster is used like this, as its metrics tell; what is not given stays as it was. Throws RangeError. */
export function useDatabase(world: World, { cluster: name, ...change }: DatabaseUseChange): void {
  const cluster = world.rds.clusters.get(keyOf(name));
  if (!cluster) {
    throw new RangeError(`there is no cluster ${name}`);
  }
  const { resourceId } = cluster;
  const at = world.clock.now();
  const history = world.rds.uses.get(resourceId) ?? [];
  const last = history.at(-1) ?? unused(at);
  history.push({
    at,
    connections: change.connections ?? last.connections,
    capacity: change.capacity ?? last.capacity,
    cpu: change.cpu ?? last.cpu,
    volumeBytes: change.volumeBytes ?? last.volumeBytes,
  });
  world.rds.uses.set(resourceId, history);
}

const unused = (at: Date): DatabaseUse => ({
  at,
  connections: 0,
  capacity: undefined,
  cpu: 0,
  volumeBytes: EMPTY_VOLUME_BYTES,
});

/** How it was used at a moment: nobody, since `idleFrom`, until somebody does. */
function useAt({ rds }: World, { resourceId }: Cluster, { at, idleFrom }: { at: Date; idleFrom: Date }): DatabaseUse {
  return rds.uses.get(resourceId)?.findLast((use) => use.at <= at) ?? unused(idleFrom);
}

/** The least that a database which is not paused has, where the range begins at 0. */
const LEAST_AWAKE = 0.5;

/** What the metrics of a cluster say of one moment, from `idleFrom` on, when its first instance came up. */
export function figuresAt(
  world: World,
  cluster: Cluster,
  moment: { readonly at: Date; readonly idleFrom: Date },
): Omit<DatabaseUse, 'at'> {
  const use = useAt(world, cluster, moment);
  const { scaling } = cluster;
  if (!scaling) {
    return { ...use, capacity: undefined };
  }
  const { minimumCapacity, maximumCapacity, secondsUntilAutoPause = Number.POSITIVE_INFINITY } = scaling;
  const idleSeconds = use.connections > 0 ? 0 : (moment.at.getTime() - use.at.getTime()) / 1000;
  if (minimumCapacity === 0 && idleSeconds >= secondsUntilAutoPause) {
    return { ...use, capacity: 0, cpu: 0 };
  }
  const least = Math.max(minimumCapacity, LEAST_AWAKE);
  const capacity = use.connections > 0 ? Math.max(use.capacity ?? least, least) : least;
  return { ...use, capacity: Math.min(capacity, maximumCapacity) };
}
