import type { Intent } from '../domain/intent.ts';
import { changeIntent } from './change-intent.ts';
import type { Clock } from './clock.ts';
import type { Forge, PullRequestFacts } from './forge.ts';
import { createMissingLabel, isLabelled, SECOND_LOOK_SECONDS } from './missing-label.ts';
import type { Roster } from './roster.ts';
import type { EnvironmentRecord, Store } from './store.ts';

/** A webhook that never came is made up for within this. */
const RECHECK_SECONDS = 600;

export interface ResyncPorts {
  readonly store: Store;
  readonly forge: Forge;
  readonly clock: Clock;
  readonly roster: Pick<Roster, 'mayLabel'>;
  readonly label: string;
  /** The app's own login, `mayfly[bot]`: a label that it took off itself says nothing. */
  readonly ownLogin: string;
}

export interface Resync {
  /**
   * Compares what is wanted with the pull request as GitHub has it now, whenever something was heard of it and from time
   * to time, and writes the difference as an intent: webhooks come late, in another order, or not at all. True when the
   * intent changed. What GitHub does not answer is asked again later; nobody waits for it.
   */
  check(record: EnvironmentRecord): Promise<boolean>;
}

interface Seen {
  readonly change: Partial<Intent>;
  /** What was seen may not be so: to be looked at again soon. */
  readonly unsure: boolean;
}

export function createResync({ store, forge, clock, roster, label, ownLogin }: ResyncPorts): Resync {
  const dueAt = new Map<string, number>();
  const missingLabel = createMissingLabel({ store, forge, clock, label, ownLogin });

  function isDue({ identity, intent, observedGeneration }: EnvironmentRecord): boolean {
    const heard = intent.generation > observedGeneration;
    return intent.state === 'absent' ? heard : heard || (dueAt.get(identity.id) ?? 0) <= clock.now().getTime();
  }

  /** Undefined when GitHub does not say. */
  async function look(record: EnvironmentRecord): Promise<Seen | undefined> {
    const { identity, installationId, intent } = record;
    try {
      const facts = await forge.pullRequest(identity.pullRequest, installationId);
      const difference = differenceTo(record, facts, label);
      if (difference.state === 'present' && !(await mayRevive(record, { forge, roster, label }))) {
        return { change: {}, unsure: false };
      }
      const change = { ...difference, ...(await pusherOf(record, difference, forge)) };
      if (!facts || intent.state === 'absent' || change.state === 'absent') {
        return { change, unsure: false };
      }
      const standing = await missingLabel.standing(record, facts);
      return standing === 'gone'
        ? { change: { state: 'absent', releaseReason: 'unlabelled' }, unsure: false }
        : { change, unsure: standing === 'seems-gone' };
    } catch {
      return undefined;
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
      const seen = await look(record);
      if (!seen) {
        return false;
      }
      const { id } = record.identity;
      const changed = await write(record, seen.change);
      // What GitHub says may be behind what it said in a webhook, so a correction is itself looked at again.
      const pause = changed || seen.unsure ? SECOND_LOOK_SECONDS : RECHECK_SECONDS;
      dueAt.set(id, clock.now().getTime() + pause * 1000);
      return changed;
    },
  };
}

/** A label asks for as much here as in a webhook, and of the same people. */
async function mayRevive(
  { identity: { pullRequest }, installationId }: EnvironmentRecord,
  { forge, roster, label }: Pick<ResyncPorts, 'forge' | 'roster' | 'label'>,
): Promise<boolean> {
  const { asked } = await forge.labelHistory(pullRequest, installationId, label);
  return asked !== null && (await roster.mayLabel({ person: asked.by, pullRequest, installationId }));
}

/**
 * Who is behind a head that no webhook told of. GitHub does not say here who pushed it; that a bot wrote it has to do: its
 * commit then waits, as it would have waited if its push had been heard of.
 */
async function pusherOf(
  { identity, installationId, intent }: EnvironmentRecord,
  { headSha }: Partial<Intent>,
  forge: Forge,
): Promise<Partial<Pick<Intent, 'pushedByBot'>>> {
  if (headSha === undefined || headSha === intent.headSha) {
    return {};
  }
  const { repository } = identity.pullRequest;
  return { pushedByBot: (await forge.botBehind({ repository, installationId, sha: headSha })) ?? null };
}

/** What the pull request says otherwise than the intent; nothing when they agree. No pull request is a closed one. */
function differenceTo(record: EnvironmentRecord, facts: PullRequestFacts | undefined, label: string): Partial<Intent> {
  const { intent } = record;
  if (intent.state === 'present') {
    if (!facts?.open) {
      return { state: 'absent', releaseReason: facts?.merged ? 'merged' : 'closed' };
    }
    if (facts.repository !== record.identity.pullRequest.repository) {
      // What is heard of it from now on names its new place: here it would hear of nothing, and nobody could command it.
      return { state: 'absent', releaseReason: 'moved' };
    }
    const { headSha, headRef, baseRef, title, fromFork, draft, author, authorIsBot } = facts;
    return { headSha, headRef, baseRef, title, fromFork, draft, author, authorIsBot };
  }
  // A label that went and came again, told in the other order. A reopening is asked for anew.
  const labelled = facts?.open && isLabelled(facts, label);
  return intent.releaseReason === 'unlabelled' && labelled ? { state: 'present', releaseReason: null } : {};
}
