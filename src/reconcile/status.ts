import { formatInstant, formatRelative } from '../domain/instant.ts';
import { phaseOf } from '../domain/phase.ts';
import type { EnvironmentRecord } from './store.ts';

/** An environment in a few plain lines, for an answer to `/ephemeral status`. Data, never markup. */
export function statusLines(record: EnvironmentRecord, now: Date): string[] {
  const { identity, intent, conditions, servedSha } = record;
  const phase = phaseOf({ intent, conditions, servedSha: servedSha ?? undefined });
  const expiry = `${formatInstant(intent.expiresAt)} (${formatRelative(now, intent.expiresAt)})`;
  const open = conditions.filter(({ status, message }) => status !== 'true' && message !== '');
  return [
    `${identity.name} is ${phase.replace('-', ' ')}.`,
    servedSha
      ? `It serves ${servedSha.slice(0, 7)}; the head is ${intent.headSha.slice(0, 7)}.`
      : `Nothing is served yet; the head is ${intent.headSha.slice(0, 7)}.`,
    ...(intent.state === 'present' ? [`It expires on ${expiry}.`] : []),
    ...open.map(({ message }) => message),
  ];
}
