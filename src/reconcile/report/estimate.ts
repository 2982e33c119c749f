import type { ResourceKind } from '../../domain/resource.ts';
import type { NodeStanding } from '../graph/standing.ts';
import type { ResourceRecord } from '../store.ts';

/**
 * What kinds of resources usually take once they are asked for, as far as anybody has published it (docs/local-cloud.md,
 * durations); the others take no time to speak of.
 */
const USUAL_SECONDS: Partial<Record<ResourceKind, number>> = {
  'clone-cluster': 60,
  'clone-instance': 300,
  'database-credentials': 40,
  certificate: 180,
  'listener-certificate': 10,
  'dns-records': 40,
  'one-off-task': 90,
  rollout: 130,
  'target-health': 20,
  smoke: 10,
};

/** Seconds from now. */
interface Expected {
  readonly begins: number;
  readonly ends: number;
}

/**
 * Whole minutes until the last node is probably ready: the longest chain of needs that is still open, each link with what
 * it usually takes, less what has passed of it. Null when nothing can be said: somebody else's workflow is building an
 * image, something failed, or it takes longer than usual. `since` is when the present commit was first looked at.
 */
export function minutesLeft(
  standings: readonly NodeStanding[],
  { rows, since, now }: { rows: readonly ResourceRecord[]; since: Date; now: Date },
): number | null {
  if (standings.some(isUnforeseeable)) {
    return null;
  }
  const byKey = new Map(rows.map((row) => [row.key, row]));
  const expected = new Map<string, Expected>();
  // The nodes of a plan stand in the order of their needs.
  for (const one of standings) {
    expected.set(one.node.key, expectedOf(one, { expected, byKey, since, now }));
  }
  const seconds = Math.max(0, ...[...expected.values()].map(({ ends }) => ends));
  return seconds === 0 ? null : Math.ceil(seconds / 60);
}

function isUnforeseeable({ node, standing }: NodeStanding): boolean {
  const failed = standing.state === 'failed' && standing.failure.actor !== 'nobody';
  return failed || (node.kind === 'image' && standing.state !== 'ready');
}

interface Known {
  readonly expected: ReadonlyMap<string, Expected>;
  readonly byKey: ReadonlyMap<string, ResourceRecord>;
  readonly since: Date;
  readonly now: Date;
}

function expectedOf({ node, standing }: NodeStanding, { expected, byKey, since, now }: Known): Expected {
  if (standing.state === 'ready') {
    return { begins: 0, ends: 0 };
  }
  const usual = USUAL_SECONDS[node.kind] ?? 0;
  const needs = node.needs.map(({ key, output }) => {
    const need = expected.get(key);
    // An output is known as soon as its resource is asked for.
    return (output === undefined ? need?.ends : need?.begins) ?? 0;
  });
  const begins = Math.max(0, ...needs);
  if (standing.state === 'blocked') {
    return { begins, ends: begins + usual };
  }
  // A row remembers the first time that its resource was asked for; a later commit changes it later.
  const begun = [
    since,
    byKey.get(node.key)?.askedAt,
    ...node.needs.map(({ key, output }) => (output === undefined ? byKey.get(key)?.readyAt : null)),
  ].map((instant) => instant?.getTime() ?? 0);
  const passed = Math.max(0, (now.getTime() - Math.max(...begun)) / 1000);
  return { begins: 0, ends: Math.max(0, usual - passed) };
}
