import { environmentId, type PullRequestRef } from '../domain/environment.ts';
import { TerminalError, TransientError } from '../domain/failure.ts';
import type { Forge, PullRequestFacts } from './forge.ts';
import type { Intake } from './inbox/intake.ts';
import { letGoAt } from './let-go.ts';
import { isLabelled } from './missing-label.ts';
import type { LabelHistory, Roster } from './roster.ts';
import type { EnvironmentRecord, Store } from './store.ts';
import type { PullRequestSnapshot } from './what-is-asked.ts';

export interface DiscoveryPorts {
  readonly store: Pick<Store, 'environment' | 'nextLetter' | 'liveEnvironments' | 'events'>;
  readonly forge: Pick<Forge, 'pullRequest' | 'labelHistory'>;
  readonly roster: Roster;
  readonly intake: Pick<Intake, 'receive'>;
  readonly label: string;
}

export interface Discovery {
  /** Ids of environments that nobody had heard of, and that are wanted from now on. */
  readonly found: readonly string[];
  /** Ids of pull requests whose label was put on by somebody who may not: nothing comes of it. */
  readonly refused: readonly string[];
  /** What GitHub would not show, with its reason; the others were looked at. Left for the next round. */
  readonly unseen: readonly Unseen[];
}

export interface Unseen {
  /** A repository's full name, or `installation 42`. */
  readonly where: string;
  readonly error: unknown;
}

interface Found {
  readonly found: string[];
  readonly refused: string[];
  readonly unseen: Unseen[];
}

/**
 * Goes through every repository that the app may see, and does for each labelled pull request whose webhook was lost what
 * the webhook would have done. The environment is bound to the head of now: the label was bound to the head of its own
 * time, and every push since would have been followed. One call at a time, as GitHub asks of whoever polls. Repeating it
 * is harmless. Throws when GitHub does not answer at all; what is only one installation's or one repository's trouble is
 * told, and holds up nothing else.
 */
export async function discover(ports: DiscoveryPorts, signal: AbortSignal): Promise<Discovery> {
  const result: Found = { found: [], refused: [], unseen: [] };
  for (const installationId of await ports.roster.installations()) {
    const own = { where: `installation ${installationId}`, isOwn: isRefusedOrSpent };
    await apart(own, result, async () => await discoverIn(installationId, { ports, result, signal }));
  }
  return result;
}

async function discoverIn(
  installationId: number,
  { ports, result, signal }: { ports: DiscoveryPorts; result: Found; signal: AbortSignal },
): Promise<void> {
  const { roster, label } = ports;
  for (const repository of await roster.repositories(installationId)) {
    await apart({ where: repository, isOwn: isRefused }, result, async () => {
      for (const number of await roster.labelled({ repository, installationId, label })) {
        signal.throwIfAborted();
        await consider({ repository, number }, installationId, { ports, result });
      }
    });
  }
}

/** What is this part's own trouble is told and ends here; all else is more than its own, and passes. */
async function apart(
  { where, isOwn }: { where: string; isOwn: (error: unknown) => boolean },
  { unseen }: Found,
  look: () => Promise<void>,
): Promise<void> {
  try {
    await look();
  } catch (error) {
    if (!isOwn(error)) {
      throw error;
    }
    unseen.push({ where, error });
  }
}

function isRefused(error: unknown): boolean {
  return error instanceof TerminalError;
}

/** An hour's calls are counted by installation. */
function isRefusedOrSpent(error: unknown): boolean {
  const isSpent =
    error instanceof TransientError && (error.reason === 'RateLimit' || error.reason === 'SecondaryRateLimit');
  return isSpent || isRefused(error);
}

function isWanted(record: EnvironmentRecord | undefined): boolean {
  return record !== undefined && record.intent.state === 'present' && !record.goneAt;
}

async function consider(
  pullRequest: PullRequestRef,
  installationId: number,
  { ports, result }: { ports: DiscoveryPorts; result: Found },
): Promise<void> {
  const { store, forge, roster, intake, label } = ports;
  const id = environmentId(pullRequest);
  const record = await store.environment(id);
  if (isWanted(record) || (await store.nextLetter(id))) {
    // A webhook has told of it; GitHub may not have been asked yet whether somebody may.
    return;
  }
  const { asked } = await forge.labelHistory(pullRequest, installationId, label);
  if (!asked || !(await isNews(asked, record, store))) {
    return;
  }
  if (!(await roster.mayLabel({ person: asked.by, pullRequest, installationId }))) {
    result.refused.push(id);
    return;
  }
  const facts = await forge.pullRequest(pullRequest, installationId);
  if (!facts?.open || !isLabelled(facts, label) || (await livesElsewhere(pullRequest, ports))) {
    return;
  }
  const taken = await intake.receive({
    // Once for each letting go: a close that was told late lets go of what this event has asked for already.
    id: `discovered:${id}:${asked.eventId}:${record?.intent.generation ?? 0}`,
    installationId,
    pullRequest,
    sender: asked.by,
    saidAt: asked.at,
    says: { kind: 'label', snapshot: snapshotOf(facts), readLater: true },
  });
  if (taken === 'taken') {
    result.found.push(id);
  }
}

/**
 * A label that was on it when it was let go, by a command or for want of the permission to take it off, asks for nothing.
 * Where it was let go for a close or for want of the label, and is open and labelled, the second of both tells that it was
 * asked for after that.
 */
async function isNews(
  { at }: NonNullable<LabelHistory['asked']>,
  record: EnvironmentRecord | undefined,
  store: DiscoveryPorts['store'],
): Promise<boolean> {
  if (!record) {
    return true;
  }
  const over = letGoAt(record, await store.events(record.identity.id));
  const { releaseReason } = record.intent;
  return (
    at > over || (at.getTime() === over.getTime() && (releaseReason === 'closed' || releaseReason === 'unlabelled'))
  );
}

/**
 * A repository that was renamed or transferred keeps its pull requests, and GitHub still leads from the old name to the
 * new one. An environment that lives under the old name is let go by its own resync, and begins anew once it is gone.
 */
async function livesElsewhere(
  { repository, number }: PullRequestRef,
  { store, forge }: Pick<DiscoveryPorts, 'store' | 'forge'>,
): Promise<boolean> {
  for (const { identity, installationId } of await store.liveEnvironments()) {
    const { pullRequest } = identity;
    if (pullRequest.number === number && pullRequest.repository !== repository) {
      const facts = await forge.pullRequest(pullRequest, installationId);
      if (facts?.repository === repository) {
        return true;
      }
    }
  }
  return false;
}

function snapshotOf(facts: PullRequestFacts): PullRequestSnapshot {
  const { headSha, headRef, baseRef, title, fromFork, draft, author, authorIsBot } = facts;
  return { headSha, headRef, baseRef, title, fromFork, draft, author, authorIsBot };
}
