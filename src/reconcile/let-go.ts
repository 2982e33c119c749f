import type { AuditEvent, EnvironmentRecord } from './store.ts';

/**
 * When an environment that is not wanted was let go, as its history tells. What asked for it before that has had its
 * answer; only what came later asks again.
 */
export function letGoAt({ goneAt, createdAt }: EnvironmentRecord, history: readonly AuditEvent[]): Date {
  return history.findLast(isLettingGo)?.at ?? goneAt ?? createdAt;
}

/** When a command last asked for it; undefined when only the label ever did. */
export function commandedAt(history: readonly AuditEvent[]): Date | undefined {
  return history.findLast(({ action, details }) => action === 'want' && details['commanded'] === true)?.at;
}

function isLettingGo({ action, details }: AuditEvent): boolean {
  return action === 'release' || action === 'expired' || (action === 'resynced' && details['state'] === 'absent');
}
