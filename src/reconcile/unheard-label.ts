import { environmentId, type PullRequestRef } from '../domain/environment.ts';
import type { Forge, PullRequestFacts } from './forge.ts';
import type { Intake } from './inbox/intake.ts';
import { isNews } from './let-go.ts';
import { livesElsewhere } from './lives-elsewhere.ts';
import { isLabelled } from './missing-label.ts';
import type { Roster } from './roster.ts';
import type { EnvironmentRecord, Store } from './store.ts';
import type { PullRequestSnapshot } from './what-is-asked.ts';

export interface UnheardLabelPorts {
  readonly store: Pick<Store, 'environment' | 'nextLetter' | 'liveEnvironments' | 'events'>;
  readonly forge: Pick<Forge, 'pullRequest' | 'labelHistory'>;
  readonly roster: Pick<Roster, 'mayLabel'>;
  readonly intake: Pick<Intake, 'receive'>;
  readonly label: string;
}

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
  if (!asked || (record && !isNews(asked.at, record, await store.events(id)))) {
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

function snapshotOf(facts: PullRequestFacts): PullRequestSnapshot {
  const { headSha, headRef, baseRef, title, fromFork, draft, author, authorIsBot } = facts;
  return { headSha, headRef, baseRef, title, fromFork, draft, author, authorIsBot };
}
