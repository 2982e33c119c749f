import type { AuditEvent, EnvironmentRecord } from './store.ts';

/**
 * The forge's clock and Mayfly's are taken to agree to within this. What has to be told apart more closely is told by the
 * forge's times alone, or by the order in which it was heard.
 */
const DOUBT_SECONDS = 120;

/**
 * When an environment that is not wanted was let go, as its history tells: by the forge's clock where it was the forge
 * that told, else by Mayfly's. What asked for it before that has had its answer; only what came later asks again.
 */
export function letGoAt({ goneAt, createdAt }: EnvironmentRecord, history: readonly AuditEvent[]): Date {
  return toldAt(history.findLast(isLettingGo)) ?? goneAt ?? createdAt;
}

/**
 * Whether a label that was put on then asks for an environment that was let go. One that was on it when that happened, by a
 * command or for want of the permission to take it off, asks for nothing. Where it was let go for a close or for want of
 * the label, and is open and labelled, the second of both tells that it was asked for after that.
 */
export function isNews(saidAt: Date, record: EnvironmentRecord, history: readonly AuditEvent[]): boolean {
  const over = letGoAt(record, history);
  const { releaseReason } = record.intent;
  const endedByItself = releaseReason === 'closed' || releaseReason === 'unlabelled';
  return saidAt > over || (endedByItself && saidAt.getTime() === over.getTime());
}

/** Whether what was said then, by the forge's clock, was said before the last letting go beyond any doubt. */
export function isLongOver(saidAt: Date, history: readonly AuditEvent[], now: Date): boolean {
  const at = toldAt(history.findLast(isLettingGo));
  // One that lies before us is of a clock that has been set back, and would have nothing asked for until then.
  return at !== undefined && at <= now && saidAt.getTime() < at.getTime() - DOUBT_SECONDS * 1000;
}

/** When a command last asked for it, by the forge's clock; undefined when only the label ever did. */
export function commandedAt(history: readonly AuditEvent[]): Date | undefined {
  return toldAt(history.findLast(({ action, details }) => action === 'want' && details['commanded'] === true));
}

/** When what an event writes down was said, by the forge's clock; where that does not tell, when it was written, by Mayfly's. */
function toldAt(event: AuditEvent | undefined): Date | undefined {
  const saidAt = event?.details['saidAt'];
  return typeof saidAt === 'string' ? new Date(saidAt) : event?.at;
}

function isLettingGo({ action, details }: AuditEvent): boolean {
  return action === 'release' || action === 'expired' || (action === 'resynced' && details['state'] === 'absent');
}
