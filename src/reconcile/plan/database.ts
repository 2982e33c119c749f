import type { BlueprintDatabase } from '../../config/blueprint/blueprint.ts';
import type { SpecOf } from '../../domain/resource.ts';
import type { AutomaticBounds } from '../cost/advise.ts';
import { type AnyNode, type Need, node, ready } from '../graph/node.ts';
import type { PlanContext } from './context.ts';

const TITLE = 'Clone of the database';

/** The clone, its one instance, and a master password of its own. None where the blueprint wants no database. */
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
  const credentials = whose === 'secret' || migrations ? [ready(clone.credentials)] : [];
  return [ready(clone.cluster), ready(clone.instance), ...credentials];
}
