import { formatDuration } from '../domain/duration.ts';
import { formatInstant, formatRelative } from '../domain/instant.ts';
import { formatRange } from '../domain/money.ts';
import { type Phase, phaseOf } from '../domain/phase.ts';
import type { CostReport } from './cost/cost-report.ts';
import type { EnvironmentRecord } from './store.ts';

const PHASE_WORDS: Readonly<Record<Phase, string>> = {
  unapproved: 'waiting for approval',
  waiting: 'waiting for a slot',
  'coming-up': 'being made',
  updating: 'being updated',
  ready: 'ready',
  failing: 'failing',
  going: 'being removed',
  gone: 'gone',
  refused: 'refused',
};

/** An environment in a few plain lines, for an answer to `/ephemeral status`. Data, never markup. */
export function statusLines(record: EnvironmentRecord, now: Date, cost?: CostReport): string[] {
  const { intent, conditions } = record;
  const expiry = record.admittedAt
    ? `It expires on ${formatInstant(intent.expiresAt)} (${formatRelative(now, intent.expiresAt)}).`
    : `It lives ${formatDuration(intent.lifeSeconds)} from when it gets its slot.`;
  const [first, serving] = standingLines(record);
  if (intent.state === 'absent') {
    const failed = conditions.filter(({ status }) => status === 'false');
    return [first, ...failed.map(({ message }) => message)];
  }
  // What is served was said already, and nobody asks after it of an environment that cannot be.
  const open = conditions.filter(
    ({ type, status, message }) => type !== 'Serving' && status !== 'true' && message !== '',
  );
  return [
    first,
    ...(serving === undefined ? [] : [serving, expiry]),
    ...costLines(cost),
    ...open.flatMap(({ message }) => message.split('\n')),
  ];
}

/** Where it stands, by its record. */
export function recordedPhase({ intent, conditions, servedSha }: EnvironmentRecord): Phase {
  const told = phaseOf({ intent, conditions, servedSha: servedSha ?? undefined });
  // The conditions may be of the commit before.
  return told === 'ready' && servedSha !== intent.headSha ? 'updating' : told;
}

/** Its phase, and what it serves unless that can be nothing. */
export function standingLines(record: EnvironmentRecord): [string, string?] {
  const { identity, intent, servedSha } = record;
  const phase = recordedPhase(record);
  const first = `${identity.name} is ${PHASE_WORDS[phase]}.`;
  return phase === 'refused' ? [first] : [first, servingLine(servedSha, intent.headSha)];
}

function servingLine(servedSha: string | null, headSha: string): string {
  const head = headSha.slice(0, 7);
  if (servedSha === null) {
    return `Nothing is served yet; the head is ${head}.`;
  }
  return servedSha === headSha
    ? `It serves the head, ${head}.`
    : `It serves ${servedSha.slice(0, 7)}; the head is ${head}.`;
}

function costLines(cost: CostReport | undefined): string[] {
  if (!cost || cost.spent.high === 0) {
    return [];
  }
  const { perDay, spent, byExpiry, currency } = cost;
  const [rate, sofar, inAll] = [perDay, spent, byExpiry].map((range) => formatRange(range, currency));
  return [`It costs ${rate} a day: ${sofar} until now, and ${inAll} by the time it expires.`];
}
