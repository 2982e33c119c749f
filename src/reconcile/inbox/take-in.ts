import { environmentId } from '../../domain/environment.ts';
import { TerminalError, TransientError } from '../../domain/failure.ts';
import type { ReleaseReason } from '../../domain/intent.ts';
import { applyAsks } from '../apply-asks.ts';
import type { IntakeSettings } from '../ask.ts';
import { type AskLimits, spendAsks } from '../ask-limits.ts';
import { isLongOver } from '../let-go.ts';
import type { PassResult } from '../queue.ts';
import type { EnvironmentRecord } from '../store.ts';
import { answer, refusal } from './answer.ts';
import type { WhoMay } from './authorise.ts';
import { costOf, freePartOf } from './cost.ts';
import type { Letter, Petition } from './delivery.ts';
import { type FindOutPorts, type Found, findOut } from './find-out.ts';
import { letGoElsewhere } from './let-go-elsewhere.ts';
import { pauseAfter, waitUntil } from './pause-after.ts';
import { type Circumstances, type Understood, understand } from './understand.ts';

/** Until it is looked at anew whether an environment under an earlier name is gone: it takes minutes. */
const EARLIER_ONE_SECONDS = 60;

export interface TakeInPorts extends FindOutPorts {
  /** Told of errors that no adapter classified: a fault of ours, for the log. */
  onUnexpected(where: string, error: unknown): void;
}

export interface TakeIn {
  /**
   * Takes in the petitions of one environment that wait in its inbox, in the order in which they came: asks GitHub whether
   * whoever made one may, and writes what comes of it. One that GitHub does not answer is never obeyed; it is asked again
   * after a pause, and those behind it wait, until it is given up. One that asks for an environment waits for as long as
   * the pull request has another under an earlier name of its repository. Never called for the same environment twice at once.
   * May be killed anywhere and run again from the top.
   */
  takeIn(environmentId: string, signal: AbortSignal): Promise<PassResult>;
}

interface TakeInParts {
  readonly ports: TakeInPorts;
  readonly settings: IntakeSettings & WhoMay & { readonly askLimits: AskLimits };
}

export function createTakeIn(parts: TakeInParts): TakeIn {
  const { store, clock, onUnexpected } = parts.ports;

  /** Seconds until it is tried again; null when it is over and done with. */
  async function failed(letter: Letter<Petition>, error: unknown): Promise<number | null> {
    const isKnown = error instanceof TransientError || error instanceof TerminalError;
    if (!isKnown) {
      onUnexpected(`taking in delivery ${letter.id}`, error);
    }
    const tries = letter.tries + 1;
    const pause = pauseAfter(tries, error);
    if (pause === null) {
      await giveUp(letter, isKnown ? error.message : null, parts.ports);
    } else {
      const notBefore = new Date(clock.now().getTime() + pause * 1000);
      await store.postponeLetter(letter.position, { tries, notBefore });
    }
    return pause;
  }

  /** It counts as no try: what is on its way out may take longer than GitHub is waited for. */
  async function waitForEnd({ position, tries }: Letter<Petition>, earlier: EnvironmentRecord): Promise<number> {
    const now = clock.now();
    await letGoElsewhere(earlier, now, store);
    const notBefore = new Date(now.getTime() + EARLIER_ONE_SECONDS * 1000);
    await store.postponeLetter(position, { tries, notBefore });
    return EARLIER_ONE_SECONDS;
  }

  /** Seconds until it may be tried; null when it is over and done with. */
  async function attempt(letter: Letter<Petition>, signal: AbortSignal): Promise<number | null> {
    const wait = waitUntil(letter.notBefore, clock.now());
    if (wait > 0) {
      return wait;
    }
    try {
      const found = await findOut(letter, parts);
      if (found.elsewhere) {
        return await waitForEnd(letter, found.elsewhere);
      }
      await settle(letter, found, { ...parts, signal });
      return null;
    } catch (error) {
      return await failed(letter, error);
    }
  }

  async function takeIn(id: string, signal: AbortSignal): Promise<PassResult> {
    let requeueAfterSeconds: number | null = null;
    while (requeueAfterSeconds === null && !signal.aborted) {
      const letter = await store.nextLetter(id);
      if (!letter) {
        break;
      }
      requeueAfterSeconds = await attempt(letter, signal);
    }
    return { requeueAfterSeconds };
  }

  return { takeIn };
}

/** All that is told of afterwards, which a petition may be overtaken by. */
type Aftermath = Pick<Circumstances, 'since' | 'overBy'>;

/** What comes of it, in one transaction with that it has come. */
async function settle(
  letter: Letter<Petition>,
  found: Found,
  { ports, settings, signal }: TakeInParts & { signal: AbortSignal },
): Promise<void> {
  const { pullRequest, installationId, sender, saidAt, heardAt } = letter;
  await ports.store.transaction(async (transaction) => {
    const now = ports.clock.now();
    const before = await transaction.environment(environmentId(pullRequest));
    const since = await transaction.heardSince(letter);
    const spent = await spendAsks(
      {
        login: sender.login,
        repository: pullRequest.repository,
        allowed: found.authorisation?.allowed ?? false,
        asks: costOf(letter.says),
      },
      { limits: settings.askLimits, now },
      transaction,
    );
    const heard = spent.ok ? letter : freePartOf(letter);
    const told = spent.ok || !spent.message ? [] : [spent.message];
    const { asks, messages, outcome } = outcomeOf(heard, found, {
      after: { since, overBy: overBy(letter, before, { ...found, now }) },
      label: settings.label,
    });
    // A process that was suspended and wakes may find that another has taken it in.
    if (signal.aborted || !(await transaction.settleLetter(letter.position, { outcome, at: now }))) {
      return;
    }
    const asker = { pullRequest, installationId, actor: sender.login };
    const said = await applyAsks(asks, { asker, before, saidAt: saidAt ?? heardAt, now, settings }, transaction);
    // What is too much is answered once, and then not even by a reaction.
    if (heard || told.length > 0) {
      await answer(letter, [...told, ...messages, ...said], transaction);
    }
  });
}

/** Why it was let go after this was made, as the history tells: also where no letter of it is kept. */
function overBy(
  { saidAt }: Letter,
  record: EnvironmentRecord | undefined,
  { history, now }: Pick<Found, 'history'> & { now: Date },
): ReleaseReason | undefined {
  const { releaseReason } = record?.intent ?? { releaseReason: null };
  return releaseReason && saidAt && isLongOver(saidAt, history, now) ? releaseReason : undefined;
}

function outcomeOf(
  letter: Letter<Petition> | undefined,
  { authorisation, pull }: Found,
  { after, label }: { after: Aftermath; label: string },
): Understood {
  if (!letter || !authorisation) {
    return { asks: [], messages: [], outcome: 'refused' };
  }
  if (authorisation.allowed) {
    return understand(letter, { pull, ...after });
  }
  const { needed } = authorisation;
  return { asks: [], messages: refusal(letter, { needed, label }), outcome: 'refused' };
}

async function giveUp(letter: Letter<Petition>, cause: string | null, { store, clock }: TakeInPorts): Promise<void> {
  await store.transaction(async (transaction) => {
    if (await transaction.settleLetter(letter.position, { outcome: 'given-up', at: clock.now() })) {
      await answer(letter, [{ kind: 'given-up', cause }], transaction);
    }
  });
}
