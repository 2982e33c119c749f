import type { Need } from '../graph/node.ts';
import { type AnyNode, node, ready } from '../graph/node.ts';
import type { PlanContext } from './context.ts';
import { renderEarly, textsOf } from './texts.ts';

const DATABASE = 'Clone of the database';
const SETTINGS = 'Secrets and parameters';

/** Aurora has it from this much idle time on; with a minimum above 0 the clone never pauses. */
export function databaseNodes(context: PlanContext): AnyNode[] {
  const { blueprint, platform } = context;
  const { database } = blueprint;
  if (!database) {
    return [];
  }
  const source = platform.database;
  const clone = context.physicalName('clone-cluster');
  return [
    node({
      key: 'clone-cluster',
      kind: 'clone-cluster',
      name: clone,
      title: DATABASE,
      service: null,
      needs: [],
      spec: () => ({
        sourceIdentifier: source.sourceIdentifier,
        subnetGroup: source.subnetGroup,
        securityGroupIds: [...source.securityGroupIds],
        parameterGroup: source.parameterGroup ?? null,
        capacity: database.capacity,
      }),
    }),
    node({
      key: 'clone-instance',
      kind: 'clone-instance',
      name: context.physicalName('clone-instance'),
      title: DATABASE,
      service: null,
      needs: [ready('clone-cluster')],
      spec: (known) => ({
        clusterIdentifier: clone,
        engine: known.outputs('clone-cluster', 'clone-cluster').engine ?? 'aurora-mysql',
      }),
    }),
    node({
      key: 'database-credentials',
      kind: 'database-credentials',
      name: context.physicalName('database-credentials'),
      title: DATABASE,
      service: null,
      needs: [ready('clone-cluster'), ready('clone-instance')],
      spec: (known) => ({
        clusterIdentifier: clone,
        endpoint: known.outputs('clone-cluster', 'clone-cluster').endpoint ?? '',
        port: database.port,
        databaseName: database.name ?? '',
      }),
    }),
  ];
}

/**
 * What must be ready before something may use the database. The clone's master password is always changed, because the
 * source's own would open it; only who is given the new one has to wait for it, as the application's own users are data.
 */
export function databaseNeeds({ blueprint }: PlanContext): Need[] {
  if (!blueprint.database) {
    return [];
  }
  const credentials = blueprint.database.credentials === 'secret' ? [ready('database-credentials')] : [];
  return [ready('clone-cluster'), ready('clone-instance'), ...credentials];
}

/** Paths and secrets of the environment's own, copied and overridden. */
export function settingNodes(context: PlanContext): AnyNode[] {
  const texts = textsOf(context, null);
  const parameters = context.blueprint.parameters.map(({ copy, to, set }) => {
    const path = renderEarly(context, to);
    return node({
      key: `parameters${path}`,
      kind: 'parameters',
      name: path,
      title: SETTINGS,
      service: null,
      needs: texts.needs(Object.values(set)),
      spec: (known) => ({ copyFrom: copy, set: texts.renderAll(set, known) }),
    });
  });
  const secrets = context.blueprint.secrets.map(({ copy, to, set }) => {
    const name = renderEarly(context, to);
    return node({
      key: `secret/${name}`,
      kind: 'secret',
      name,
      title: SETTINGS,
      service: null,
      needs: texts.needs(Object.values(set)),
      spec: (known) => ({
        copyFrom: copy === null ? null : renderEarly(context, copy),
        set: texts.renderAll(set, known),
      }),
    });
  });
  return [...parameters, ...secrets];
}

/** What must be ready before a task starts that may read any of these. */
export function settingNeeds(context: PlanContext): Need[] {
  return settingNodes(context).map(({ key }) => ready(key));
}
