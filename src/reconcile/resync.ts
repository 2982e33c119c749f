import type { Intent } from '../domain/intent.ts';
import { changeIntent } from './change-intent.ts';
import type { Clock } from './clock.ts';
import type { Forge, PullRequestFacts } from './forge.ts';
import { keepRelease } from './inbox/keep-release.ts';
import { letGoAt } from './let-go.ts';
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
  /** Since when the change is due, by the forge's clock; null where it does not tell. */
  readonly saidAt: Date | null;
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
      if (difference.state === 'present' && !(await mayRevive(record, { store, forge, roster, label }))) {
        return { change: {}, saidAt: null, unsure: false };
      }
      const change = { ...difference, ...(await pusherOf(record, difference, forge)) };
      if (!facts || intent.state === 'absent' || change.state === 'absent') {
        return { change, saidAt: facts?.closedAt ?? null, unsure: false };
      }
      const standing = await missingLabel.standing(record, facts);
      return standing.kind === 'gone'
        ? { change: { state: 'absent', releaseReason: 'unlabelled' }, saidAt: standing.takenOffAt, unsure: false }
        : { change, saidAt: null, unsure: standing.kind === 'seems-gone' };
    } catch {
      return undefined;
    }
  }

  async function write(record: EnvironmentRecord, { change, saidAt }: Seen): Promise<boolean> {
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
      const { state, headSha, releaseReason: reason } = changed.intent;
      if (reason !== null) {
        await keepRelease(changed, { reason, saidAt, at }, transaction);
      }
      await transaction.appendEvent({
        environmentId: id,
        at,
        actor: 'mayfly',
        action: 'resynced',
        details: { state, headSha, ...(reason && saidAt && { saidAt: saidAt.toISOString() }) },
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
      const changed = await write(record, seen);
      // What GitHub says may be behind what it said in a webhook, so a correction is itself looked at again.
      const pause = changed || seen.unsure ? SECOND_LOOK_SECONDS : RECHECK_SECONDS;
      dueAt.set(id, clock.now().getTime() + pause * 1000);
      return changed;
    },
  };
}

/**
 * A label asks for as much here as in a webhook, and of the same people. A close stands until GitHub shows what came after
 * it: it may be behind.
 */
async function mayRevive(
  record: EnvironmentRecord,
  { store, forge, roster, label }: Pick<ResyncPorts, 'store' | 'forge' | 'roster' | 'label'>,
): Promise<boolean> {
  const { identity, installationId, intent } = record;
  const { pullRequest } = identity;
  const { asked } = await forge.labelHistory(pullRequest, installationId, label);
  if (asked === null) {
    return false;
  }
  const isBehind = intent.releaseReason === 'closed' && asked.at < letGoAt(record, await store.events(identity.id));
  return !isBehind && (await roster.mayLabel({ person: asked.by, pullRequest, installationId }));
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
  // A label that went and came again, or a close and a reopening, told in the other order.
  const isUndone = intent.releaseReason === 'unlabelled' || intent.releaseReason === 'closed';
  return isUndone && facts?.open && isLabelled(facts, label) ? { state: 'present', releaseReason: null } : {};
}
