import { environmentId, type PullRequestRef } from '../domain/environment.ts';
import type { Forge, PullRequestFacts } from './forge.ts';
import type { Intake } from './inbox/intake.ts';
import type { PullRequestSnapshot } from './what-is-asked.ts';
import { letGoAt } from './let-go.ts';
import { livesElsewhere } from './lives-elsewhere.ts';
import { isLabelled } from './missing-label.ts';
import type { LabelHistory, Roster } from './roster.ts';
import type { EnvironmentRecord, Store } from './store.ts';

export interface UnheardLabelPorts {
  readonly store: Pick<Store, 'environment' | 'nextLetter' | 'liveEnvironments' | 'events'>;
  readonly forge: Pick<Forge, 'pullRequest' | 'labelHistory'>;
  readonly roster: Pick<Roster, 'mayLabel'>;
  readonly intake: Pick<Intake, 'receive'>;
  readonly label: string;
}

type Asked = NonNullable<LabelHistory['asked']>;

/**
 * Does for one labelled pull request what the webhook of its label would have done, if that was lost: `found`. `refused`
 * where whoever put the label on may not; `known` where there is nothing to do. Repeating it is harmless.
 */
export async function takeUnheardLabel(
  pullRequest: PullRequestRef,
  installationId: number,
  ports: UnheardLabelPorts,
): Promise<'found' | 'refused' | 'known'> {
  const { store, forge, roster, intake, label } = ports;
  const id = environmentId(pullRequest);
  const record = await store.environment(id);
  if (isWanted(record) || (await store.nextLetter(id))) {
    // A webhook has told of it; GitHub may not have been asked yet whether somebody may.
    return 'known';
  }
  const { asked } = await forge.labelHistory(pullRequest, installationId, label);
  if (!asked || !(await isNews(asked, record, store))) {
    return 'known';
  }
  if (!(await roster.mayLabel({ person: asked.by, pullRequest, installationId }))) {
    return 'refused';
  }
  const snapshot = await labelledNow(pullRequest, installationId, ports);
  if (!snapshot) {
    return 'known';
  }
  const taken = await intake.receive({
    // Once for each letting go: a close that was told late lets go of what this event has asked for already.
    id: `discovered:${id}:${asked.eventId}:${record?.intent.generation ?? 0}`,
    installationId,
    pullRequest,
    sender: asked.by,
    saidAt: asked.at,
    says: { kind: 'label', snapshot, readLater: true },
  });
  return taken === 'taken' ? 'found' : 'known';
}

/** Undefined where it is closed or not labelled any more, or waits for the end of one under an earlier name. */
async function labelledNow(
  pullRequest: PullRequestRef,
  installationId: number,
  ports: UnheardLabelPorts,
): Promise<PullRequestSnapshot | undefined> {
  const facts = await ports.forge.pullRequest(pullRequest, installationId);
  if (!facts?.open || !isLabelled(facts, ports.label)) {
    return undefined;
  }
  return (await livesElsewhere(pullRequest, installationId, ports)) ? undefined : snapshotOf(facts);
}

function isWanted(record: EnvironmentRecord | undefined): boolean {
  return record !== undefined && record.intent.state === 'present' && !record.goneAt;
}

/**
 * A label that was on it when it was let go, by a command or for want of the permission to take it off, asks for nothing.
 * Where it was let go for a close or for want of the label, and is open and labelled, the second of both tells that it was
 * asked for after that.
 */
async function isNews(
  { at }: Asked,
  record: EnvironmentRecord | undefined,
  store: UnheardLabelPorts['store'],
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

function snapshotOf(facts: PullRequestFacts): PullRequestSnapshot {
  const { headSha, headRef, baseRef, title, fromFork, draft, author, authorIsBot } = facts;
  return { headSha, headRef, baseRef, title, fromFork, draft, author, authorIsBot };
}
