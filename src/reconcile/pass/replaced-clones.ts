import type { ResourceKind } from '../../domain/resource.ts';
import type { NodeStanding } from '../graph/standing.ts';
import type { ResourceRecord } from '../store.ts';

const OF_A_CLONE: readonly ResourceKind[] = [
  'clone-cluster',
  'clone-instance',
  'database-credentials',
  'database-user',
];
/** What is used from when it is there: of a clone that stays, its user may go. */
const USED: readonly ResourceKind[] = ['clone-instance', 'database-user'];
/** What leads to a database. */
const LEADING_TO_IT: readonly ResourceKind[] = ['rollout', 'dns-records', 'secret', 'parameters'];

/**
 * Rows of clones that another takes the place of, and that have to stay: as long as anything may still lead to them. One
 * whose instance never was there was used by nothing. `rows` are those that the plan does not want, `standings` those of the
 * plan that does want a database.
 */
export function keptClones(
  rows: readonly ResourceRecord[],
  standings: readonly NodeStanding[],
): ReadonlySet<ResourceRecord> {
  const isRepointed = standings.every(
    ({ node, standing }) => standing.state === 'ready' || !LEADING_TO_IT.includes(node.kind),
  );
  const own = rows.filter(({ kind, state }) => OF_A_CLONE.includes(kind) && state !== 'releasing');
  const used = own.filter(({ kind, readyAt }) => USED.includes(kind) && readyAt).map(({ key }) => numberOf(key));
  return new Set(isRepointed ? [] : own.filter(({ key }) => used.includes(numberOf(key))));
}

/** `clone-instance/2` and `database-credentials/2` are of the same clone; the first has no number. */
function numberOf(key: string): string {
  return key.split('/')[1] ?? '';
}
