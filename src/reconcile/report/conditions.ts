import type { Condition, ConditionStatus, ConditionType } from '../../domain/condition.ts';
import type { ResourceKind } from '../../domain/resource.ts';
import type { NodeStanding } from '../graph/standing.ts';

/** A condition before it is known since when it holds. */
export type Finding = Omit<Condition, 'since'>;

const KINDS: readonly (readonly [ConditionType, readonly ResourceKind[]])[] = [
  ['DatabaseReady', ['clone-cluster', 'clone-instance', 'database-credentials', 'database-user', 'one-off-task']],
  ['ImagesReady', ['image']],
  ['ServicesReady', ['log-group', 'secret', 'parameters', 'task-definition', 'service', 'rollout']],
  [
    'Reachable',
    ['certificate', 'listener-certificate', 'dns-records', 'target-group', 'listener-rule', 'target-health', 'smoke'],
  ],
];

/** What the standings of a graph's nodes say, condition by condition. */
export function findingsOf(
  standings: readonly NodeStanding[],
  { headSha, servedSha }: { headSha: string; servedSha: string | null },
): Finding[] {
  const findings = KINDS.map(([type, kinds]) =>
    findingOf(
      type,
      standings.filter(({ node }) => kinds.includes(node.kind)),
    ),
  );
  return [...findings, servingFinding({ headSha, servedSha })];
}

export function servingFinding({ headSha, servedSha }: { headSha: string; servedSha: string | null }): Finding {
  const serving = servedSha === headSha;
  return {
    type: 'Serving',
    status: serving ? 'true' : 'unknown',
    reason: serving ? 'HeadServed' : 'HeadNotServedYet',
    message: serving ? `${headSha.slice(0, 7)} is served.` : `${headSha.slice(0, 7)} is not served yet.`,
  };
}

function findingOf(type: ConditionType, standings: readonly NodeStanding[]): Finding {
  const failed = standings.find(({ standing }) => standing.state === 'failed' && standing.failure.actor !== 'nobody');
  if (failed?.standing.state === 'failed') {
    const { reason, message } = failed.standing.failure;
    return { type, status: 'false', reason, message: `${failed.node.service ?? failed.node.title}: ${message}` };
  }
  const waiting = standings.filter(({ standing }) => standing.state !== 'ready');
  if (waiting.length === 0) {
    return { type, status: 'true', reason: 'Ready', message: '' };
  }
  const titles = [...new Set(waiting.map(({ node }) => node.title))].sort();
  return { type, status: 'unknown', reason: 'OnItsWay', message: `On its way: ${titles.join(', ')}.` };
}

/** Findings as conditions: `since` moves only when a status changes. */
export function dated(findings: readonly Finding[], before: readonly Condition[], now: Date): Condition[] {
  return findings.map((finding) => {
    const last = before.find(({ type }) => type === finding.type);
    return { ...finding, since: last && last.status === finding.status ? last.since : now };
  });
}

export function finding(
  type: ConditionType,
  status: ConditionStatus,
  { reason, message }: { reason: string; message: string },
): Finding {
  return { type, status, reason, message };
}
