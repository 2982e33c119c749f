import type { Intent } from '../domain/intent.ts';
import { changeIntent } from './change-intent.ts';
import type { Clock } from './clock.ts';
import type { Forge, PullRequestFacts } from './forge.ts';
import type { EnvironmentRecord, Store } from './store.ts';

/** A webhook that never came is made up for within this. */
const RECHECK_SECONDS = 600;
/** What GitHub's API says may lag behind what it said in a webhook, so a correction is itself looked at again. */
const RECHECK_AFTER_CHANGE_SECONDS = 30;

export interface ResyncPorts {
  readonly store: Store;
  readonly forge: Forge;
  readonly clock: Clock;
  readonly label: string;
}

export interface Resync {
  /**
   * Compares what is wanted with the pull request as GitHub has it now, whenever something was heard of it and from time
   * to time, and writes the difference as an intent: webhooks come late, in another order, or not at all. True when the
   * intent changed. What GitHub does not answer is asked again later; nobody waits for it.
   */
  check(record: EnvironmentRecord): Promise<boolean>;
}

export function createResync({ store, forge, clock, label }: ResyncPorts): Resync {
  const dueAt = new Map<string, number>();

  function isDue({ identity, intent, observedGeneration }: EnvironmentRecord): boolean {
    const heard = intent.generation > observedGeneration;
    return intent.state === 'absent' ? heard : heard || (dueAt.get(identity.id) ?? 0) <= clock.now().getTime();
  }

  async function read({
    identity,
    installationId,
  }: EnvironmentRecord): Promise<{ facts?: PullRequestFacts } | 'unknown'> {
    try {
      const facts = await forge.pullRequest(identity.pullRequest, installationId);
      return facts ? { facts } : {};
    } catch {
      return 'unknown';
    }
  }

  async function write(record: EnvironmentRecord, change: Partial<Intent>): Promise<boolean> {
    const { id } = record.identity;
    return await store.transaction(async (transaction) => {
      const current = await transaction.environment(id);
      // A webhook that came while GitHub was asked is newer than the answer.
      if (!current || current.intent.generation !== record.intent.generation) {
        return true;
      }
      const changed = changeIntent(current, change);
      if (changed === current) {
        return false;
      }
      const at = clock.now();
      await transaction.saveEnvironment(changed);
      const { state, headSha } = changed.intent;
      await transaction.appendEvent({
        environmentId: id,
        at,
        actor: 'mayfly',
        action: 'resynced',
        details: { state, headSha },
      });
      await transaction.enqueue(id);
      return true;
    });
  }

  return {
    async check(record) {
      if (record.goneAt || !isDue(record)) {
        return false;
      }
      const answer = await read(record);
      if (answer === 'unknown') {
        return false;
      }
      const { id } = record.identity;
      const changed = await write(record, differenceTo(record.intent, answer.facts, label));
      const pause = changed ? RECHECK_AFTER_CHANGE_SECONDS : RECHECK_SECONDS;
      dueAt.set(id, clock.now().getTime() + pause * 1000);
      return changed;
    },
  };
}

/** What the pull request says otherwise than the intent; nothing when they agree. No pull request is a closed one. */
function differenceTo(intent: Intent, facts: PullRequestFacts | undefined, label: string): Partial<Intent> {
  if (intent.state === 'present') {
    if (!facts?.open) {
      return { state: 'absent', releaseReason: facts?.merged ? 'merged' : 'closed' };
    }
    const { headSha, headRef, baseRef, title, fromFork, draft, author, authorIsBot } = facts;
    return { headSha, headRef, baseRef, title, fromFork, draft, author, authorIsBot };
  }
  // A label that went and came again, told in the other order. Whoever may label may ask; a reopening is asked for anew.
  const labelled = facts?.open && facts.labels.some((name) => name.toLowerCase() === label.toLowerCase());
  return intent.releaseReason === 'unlabelled' && labelled ? { state: 'present', releaseReason: null } : {};
}
