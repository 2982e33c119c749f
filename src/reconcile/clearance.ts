import { type Approval, approvalLine, type Hold, holdOf } from '../domain/approval.ts';
import type { Intent } from '../domain/intent.ts';
import { type Finding, finding } from './report/conditions.ts';
import type { EnvironmentRecord } from './store.ts';

export interface Clearance {
  /**
   * The environment at the commit that it is made for: the head, or, while the head is held, the last one that was
   * cleared, which goes on running. Undefined when there is none, and nothing may run.
   */
  readonly cleared: EnvironmentRecord | undefined;
  /** What is to be said of the head; undefined when anybody's word is not needed. */
  readonly finding: Finding | undefined;
}

/**
 * Which commit may run. A commit is read only once it is cleared, so whatever was read last is the one to stay with. Not
 * to do anything at all would leave it half made, and with tags that no extending reaches.
 */
export function clearanceOf(record: EnvironmentRecord, approvals: readonly Approval[]): Clearance {
  const { intent, resolution } = record;
  const hold = holdOf(intent, approvals);
  if (!hold) {
    const approved = finding('Approved', 'true', { reason: 'Approved', message: '' });
    return { cleared: record, finding: intent.fromFork || intent.pushedByBot !== null ? approved : undefined };
  }
  const baseRef = resolution?.base?.ref ?? intent.baseRef;
  const cleared = resolution ? at({ headSha: resolution.headSha, baseRef }, record) : undefined;
  return { cleared, finding: waitsFor(hold, record) };
}

/** The environment as if this commit were its head. */
export function at(
  { headSha, baseRef }: Pick<Intent, 'headSha' | 'baseRef'>,
  record: EnvironmentRecord,
): EnvironmentRecord {
  return { ...record, intent: { ...record.intent, headSha, baseRef } };
}

/** Stable text: it changes with the head and with nothing else. */
function waitsFor(hold: Hold, { intent, resolution }: EnvironmentRecord): Finding {
  const { headSha, baseRef } = intent;
  const short = headSha.slice(0, 7);
  const whose =
    hold.kind === 'fork'
      ? `\`${short}\` comes from a fork: it runs once somebody with write permission has read it, with what it changes in the blueprint, and says so.`
      : `\`${short}\` was pushed by \`${hold.login}\`, and nobody with write permission has asked for it: it runs once somebody who has read it says so.`;
  const until = resolution ? `\nUntil then \`${resolution.headSha.slice(0, 7)}\` stays as it is.` : '';
  const rights =
    hold.kind === 'fork'
      ? `\nIt gets the rights that the blueprint on \`${baseRef}\` gives, and no others; a new push needs a new approval.`
      : '';
  return finding('Approved', 'unknown', {
    reason: hold.kind === 'fork' ? 'ForkNotApproved' : 'BotPushNotApproved',
    message: `${whose}\nThe line to write: \`${approvalLine(headSha)}\`${rights}${until}`,
  });
}
