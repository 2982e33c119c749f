import type { ResourceKind } from '../../src/domain/resource.ts';
import type { AnyNode } from '../../src/reconcile/graph/node.ts';
import type { World } from '../aws/world.ts';
import { BUILD_SECONDS } from '../local/image-builds.ts';
import type { Span, Transitions } from './transitions.ts';

export interface CriticalPath {
  readonly seconds: number;
  /** Keys, first to last, of the nodes whose own time makes up the path. */
  readonly keys: readonly string[];
}

/**
 * The longest chain of times that are not Mayfly's: what AWS took for each resource, as the account itself shows it, and
 * what the build of the images took. Nothing could be ready sooner, however fast its maker. A need on one output counts
 * from when the resource is asked for, as the output is in the answer.
 */
export function criticalPath(
  nodes: readonly AnyNode[],
  { world, transitions }: { world: World; transitions: Transitions },
): CriticalPath {
  const physicalNames = new Map(nodes.map(({ key, name }) => [key, name]));
  const reached = new Map<string, Reached>();
  let longest: CriticalPath = { seconds: 0, keys: [] };
  // The nodes of a plan stand in the order of their needs.
  for (const node of nodes) {
    const { at, path } = latestOf(node, reached);
    const own = MEASURES[node.kind]?.(node, { world, transitions, physicalNames }) ?? 0;
    const keys = own > 0 ? [...path, node.key] : path;
    reached.set(node.key, { start: at, end: at + own, path: keys });
    if (at + own > longest.seconds) {
      longest = { seconds: at + own, keys };
    }
  }
  return longest;
}

interface Reached {
  readonly start: number;
  readonly end: number;
  readonly path: readonly string[];
}

/** When the last of a node's needs is met, and by which path. */
function latestOf(node: AnyNode, reached: ReadonlyMap<string, Reached>): { at: number; path: readonly string[] } {
  const met = node.needs.flatMap(({ key, output }) => {
    const need = reached.get(key);
    return need ? [{ at: output === undefined ? need.end : need.start, path: need.path }] : [];
  });
  return met.toSorted((a, b) => b.at - a.at)[0] ?? { at: 0, path: [] };
}

interface Observed {
  readonly world: World;
  readonly transitions: Transitions;
  readonly physicalNames: ReadonlyMap<string, string>;
}

type Measure = (node: AnyNode, observed: Observed) => number;

/** Kinds that are not named take no time of their own. */
const MEASURES: Partial<Record<ResourceKind, Measure>> = {
  'clone-cluster': ({ name }, { transitions }) =>
    secondsOf(transitions.spanOf(['DB cluster (clone)', 'DB cluster'], name)),
  'clone-instance': ({ name }, { transitions }) => secondsOf(transitions.spanOf(['DB instance'], name)),
  'database-credentials': (_, { world }) => world.durations.modifyLag + world.durations.clusterModified,
  certificate: (_, { world }) => world.durations.certificateRecordShown + world.durations.certificateIssued,
  'listener-certificate': (_, { world }) => world.durations.certificateUsableAfterIssue,
  'dns-records': (_, { world }) => world.durations.dnsInSync,
  image: ({ name }) => (name.includes(':branch-') ? BUILD_SECONDS : 0),
  'one-off-task': ({ name }, { world }) => taskSeconds(world, name),
  rollout: ({ service }, { transitions, physicalNames }) =>
    secondsOf(transitions.spanOf(['service'], physicalNames.get(`service/${service}`) ?? '')),
};

function secondsOf(span: Span | undefined): number {
  return span?.until ? (span.until.getTime() - span.from.getTime()) / 1000 : 0;
}

function taskSeconds(world: World, name: string): number {
  const task = [...world.ecs.tasks.values()].findLast(({ tags }) => tags['Name'] === name);
  return task?.stoppedAt ? (task.stoppedAt.getTime() - task.createdAt.getTime()) / 1000 : 0;
}
