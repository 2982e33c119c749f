import type { Clock } from '../clock.ts';
import type { Forge } from '../forge.ts';
import { isLabelled } from '../missing-label.ts';
import type { Store } from '../store.ts';
import { judge } from './judge.ts';
import { idOf, type PullRequestEstate } from './orphan.ts';

export interface KeepingPorts {
  readonly store: Pick<Store, 'environment'>;
  readonly forge: Pick<Forge, 'pullRequest'>;
  /** Which installation sees a repository; undefined when none does. */
  installationOf(repository: string): Promise<number | undefined>;
  readonly clock: Clock;
  onUnexpected(where: string, error: unknown): void;
}

/**
 * Why GitHub keeps the environment, as it says now; undefined when it does not. What it does not answer keeps it. So does
 * a repository that no installation sees, for one that is suspended sees none: then its own time has to be over as well.
 */
export async function keptByGitHub(
  estate: PullRequestEstate,
  { ports, settings }: { ports: KeepingPorts; settings: { readonly label: string; readonly graceSeconds: number } },
): Promise<string | undefined> {
  const { pullRequest } = estate.owner;
  try {
    const record = await ports.store.environment(idOf(estate));
    const installationId = record?.installationId ?? (await ports.installationOf(pullRequest.repository));
    if (installationId === undefined) {
      const { state } = judge(estate, { now: ports.clock.now(), graceSeconds: settings.graceSeconds });
      return state === 'expired' ? undefined : 'no installation sees its repository, and its time is not over';
    }
    const facts = await ports.forge.pullRequest(pullRequest, installationId);
    return facts?.open && isLabelled(facts, settings.label)
      ? 'its pull request is open and labelled: its record is made again by itself'
      : undefined;
  } catch (error) {
    ports.onUnexpected(`asking GitHub about ${idOf(estate)}`, error);
    return 'GitHub did not say whether it is wanted';
  }
}
