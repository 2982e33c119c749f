import { environmentId } from '../../domain/environment.ts';
import { type AskLimits, hasSpentAll } from '../ask-limits.ts';
import type { Clock } from '../clock.ts';
import type { Forge, PullRequestFacts } from '../forge.ts';
import { livesElsewhere } from '../lives-elsewhere.ts';
import type { AuditEvent, EnvironmentRecord, Store } from '../store.ts';
import { type Authorisation, authorise, type Permissions, type WhoMay } from './authorise.ts';
import { costOf, freePartOf } from './cost.ts';
import { asksForOne, type Letter, type Petition } from './delivery.ts';
import { bindsCommit } from './understand.ts';

export interface FindOutPorts {
  readonly store: Store;
  readonly clock: Clock;
  readonly forge: Pick<Forge, 'pullRequest'>;
  readonly permissions: Permissions;
}

export interface Found {
  /** Undefined where GitHub was not asked: whoever made it has nothing left to ask for. */
  readonly authorisation: Authorisation | undefined;
  readonly pull: PullRequestFacts | undefined;
  /** The environment's history. */
  readonly history: readonly AuditEvent[];
  /** The environment that the pull request still has under an earlier name, where another is asked for. */
  readonly elsewhere: EnvironmentRecord | undefined;
}

/** All that is asked of GitHub, and of the store outside the transaction, about a petition. */
export async function findOut(
  letter: Letter<Petition>,
  { ports, settings }: { ports: FindOutPorts; settings: WhoMay & { readonly askLimits: AskLimits } },
): Promise<Found> {
  const { pullRequest, installationId, says, sender } = letter;
  const limited = { limits: settings.askLimits, now: ports.clock.now() };
  const hasNothingLeft = await ports.store.transaction(
    async (transaction) => await hasSpentAll({ login: sender.login, asks: costOf(says) }, limited, transaction),
  );
  if (hasNothingLeft && !freePartOf(letter)) {
    return { authorisation: undefined, pull: undefined, history: [], elsewhere: undefined };
  }
  const authorisation = await authorise(letter, { permissions: ports.permissions, whoMay: settings });
  const needsPull = authorisation.allowed && bindsCommit(says);
  return {
    authorisation,
    pull: needsPull ? await ports.forge.pullRequest(pullRequest, installationId) : undefined,
    history: await ports.store.events(environmentId(pullRequest)),
    elsewhere: authorisation.allowed ? await earlierOne(letter, ports) : undefined,
  };
}

/** Asked only where another one would be made. */
async function earlierOne(
  { pullRequest, installationId, says }: Letter<Petition>,
  { store, forge }: FindOutPorts,
): Promise<EnvironmentRecord | undefined> {
  if (!asksForOne(says)) {
    return undefined;
  }
  const record = await store.environment(environmentId(pullRequest));
  const isThere = record !== undefined && !record.goneAt;
  return isThere ? undefined : await livesElsewhere(pullRequest, installationId, { store, forge });
}
