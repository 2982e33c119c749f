import type { BlueprintDatabase } from '../../config/blueprint/blueprint.ts';
import { databaseUserName } from '../../domain/database-user-name.ts';
import type { SpecOf } from '../../domain/resource.ts';
import type { AutomaticBounds } from '../cost/advise.ts';
import { type AnyNode, type Need, node, ready } from '../graph/node.ts';
import type { PlanContext } from './context.ts';

const TITLE = 'Clone of the database';

/**
 * The clone, its one instance, a master password of its own, and a user where one is wanted. None where the blueprint wants
 * no database.
 */
export function databaseNodes(context: PlanContext): AnyNode[] {
  const { blueprint, platform, source, clone: keys } = context;
  const { database } = blueprint;
  if (!database) {
    return [];
  }
  const { subnetGroup, securityGroupIds, parameterGroup } = platform.database;
  const clone = context.physicalName('clone-cluster', keys.part);
  return [
    node({
      key: keys.cluster,
      kind: 'clone-cluster',
      name: clone,
      title: TITLE,
      service: null,
      needs: [],
      spec: () => ({
        sourceIdentifier: source.identifier,
        subnetGroup,
        securityGroupIds: [...securityGroupIds],
        parameterGroup: parameterGroup ?? null,
        capacity: capacityOf(context, database),
      }),
    }),
    node({
      key: keys.instance,
      kind: 'clone-instance',
      name: context.physicalName('clone-instance', keys.part),
      title: TITLE,
      service: null,
      needs: [ready(keys.cluster)],
      spec: (known) => ({
        clusterIdentifier: clone,
        engine: known.outputs('clone-cluster', keys.cluster).engine ?? 'aurora-mysql',
      }),
    }),
    node({
      key: keys.credentials,
      kind: 'database-credentials',
      name: context.physicalName('database-credentials', keys.part),
      title: TITLE,
      service: null,
      needs: [ready(keys.cluster), ready(keys.instance)],
      spec: (known) => ({
        clusterIdentifier: clone,
        endpoint: known.outputs('clone-cluster', keys.cluster).endpoint ?? '',
        port: database.port,
        databaseName: database.name ?? '',
      }),
    }),
    ...userNodes(context, database),
  ];
}

/** It is made by the master user, and so after what is looked into the clone for before anything is run on it. */
function userNodes(context: PlanContext, { credentials, name, port }: BlueprintDatabase): AnyNode[] {
  const { clone: keys, record } = context;
  if (credentials !== 'user') {
    return [];
  }
  return [
    node({
      key: keys.user,
      kind: 'database-user',
      name: context.physicalName('database-user', keys.part),
      title: TITLE,
      service: null,
      needs: [ready(keys.cluster), ready(keys.instance), ready(keys.credentials)],
      spec: (known) => ({
        clusterIdentifier: context.physicalName('clone-cluster', keys.part),
        endpoint: known.outputs('clone-cluster', keys.cluster).endpoint ?? '',
        port,
        databaseName: name ?? '',
        masterSecretName: context.physicalName('database-credentials', keys.part),
        userName: databaseUserName(record.identity),
      }),
    }),
  ];
}

/** More than this an automatic maximum never asks for: a blueprint that needs more says so. */
const MOST_AUTOMATIC = 16;

/** Between what an automatic maximum moves; undefined where the blueprint sets one. */
export function automaticBounds({ capacity }: BlueprintDatabase): AutomaticBounds | undefined {
  const { automatic, min, max } = capacity;
  return automatic && { least: Math.max(1, min), most: Math.max(MOST_AUTOMATIC, max), start: max };
}

export function capacityOf(
  { automaticMax }: Pick<PlanContext, 'automaticMax'>,
  { capacity }: BlueprintDatabase,
): SpecOf<'clone-cluster'>['capacity'] {
  const { min, max, autoPauseSeconds, automatic } = capacity;
  return { min, max: automatic ? Math.max(automaticMax ?? max, min) : max, autoPauseSeconds };
}

/**
 * What must be ready before something may use the database. The clone's master password is always changed, because the
 * source's own would open it; only who is given the new one has to wait for it, as the application's own users are data.
 */
export function databaseNeeds({ blueprint, clone }: PlanContext): Need[] {
  if (!blueprint.database) {
    return [];
  }
  // Migrations are compared with what the clone has before anything uses it, and it is asked by the master user.
  const { credentials: whose, migrations } = blueprint.database;
  const credentials = whose !== 'inherit' || migrations ? [ready(clone.credentials)] : [];
  const user = whose === 'user' ? [ready(clone.user)] : [];
  return [ready(clone.cluster), ready(clone.instance), ...credentials, ...user];
}

/** The node whose secret is `${db.secretArn}`. */
export function givenSecret({ blueprint, clone }: Pick<PlanContext, 'blueprint' | 'clone'>): {
  kind: 'database-credentials' | 'database-user';
  key: string;
} {
  return blueprint.database?.credentials === 'user'
    ? { kind: 'database-user', key: clone.user }
    : { kind: 'database-credentials', key: clone.credentials };
}
