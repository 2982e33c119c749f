import type { Clock } from '../clock.ts';
import type { Forge } from '../forge.ts';
import { isNews } from '../let-go.ts';
import { isLabelled } from '../missing-label.ts';
import type { Roster } from '../roster.ts';
import type { EnvironmentRecord, Store } from '../store.ts';
import { judge } from './judge.ts';
import { idOf, type PullRequestEstate } from './orphan.ts';

export interface KeepingPorts {
  readonly store: Pick<Store, 'environment' | 'events'>;
  readonly forge: Pick<Forge, 'pullRequest' | 'labelHistory'>;
  readonly roster: Pick<Roster, 'mayLabel'>;
  /** Which installation sees a repository; undefined when none does. */
  installationOf(repository: string): Promise<number | undefined>;
  readonly clock: Clock;
  onUnexpected(where: string, error: unknown): void;
}

export interface KeepingSettings {
  readonly label: string;
  readonly graceSeconds: number;
}

/**
 * Why GitHub keeps the environment, as it says now; undefined when it does not. It keeps what the rounds through GitHub
 * would make a record for, and by the same rules. What it does not answer keeps it. So does a repository that no
 * installation sees, for one that is suspended sees none: then its own time has to be over as well.
 */
export async function keptByGitHub(
  estate: PullRequestEstate,
  { ports, settings }: { ports: KeepingPorts; settings: KeepingSettings },
): Promise<string | undefined> {
  const { repository } = estate.owner.pullRequest;
  try {
    const record = await ports.store.environment(idOf(estate));
    const installationId = record?.installationId ?? (await ports.installationOf(repository));
    if (installationId === undefined) {
      const { state } = judge(estate, { now: ports.clock.now(), graceSeconds: settings.graceSeconds });
      return state === 'expired' ? undefined : 'no installation sees its repository, and its time is not over';
    }
    return (await isAskedFor(estate, { record, installationId, ports, label: settings.label }))
      ? 'its pull request is open and labelled: its record is made again by itself'
      : undefined;
  } catch (error) {
    ports.onUnexpected(`asking GitHub about ${idOf(estate)}`, error);
    return 'GitHub did not say whether it is wanted';
  }
}

/**
 * A pull request that is elsewhere now has, or gets, an environment under its new name. A label that was on it when its
 * environment was let go, and one by whom nobody obeys, ask for nothing: see `isNews`. A label of which no event tells
 * is taken for somebody's.
 */
async function isAskedFor(
  { owner: { pullRequest } }: PullRequestEstate,
  {
    record,
    installationId,
    ports,
    label,
  }: { record: EnvironmentRecord | undefined; installationId: number; ports: KeepingPorts; label: string },
): Promise<boolean> {
  const { forge, roster, store } = ports;
  const facts = await forge.pullRequest(pullRequest, installationId);
  if (!facts?.open || !isLabelled(facts, label) || facts.repository !== pullRequest.repository) {
    return false;
  }
  const { asked } = await forge.labelHistory(pullRequest, installationId, label);
  if (!asked) {
    return true;
  }
  if (record && !isNews(asked.at, record, await store.events(record.identity.id))) {
    return false;
  }
  return await roster.mayLabel({ person: asked.by, pullRequest, installationId });
}
