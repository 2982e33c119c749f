import { TerminalError, TransientError } from '../domain/failure.ts';

/** After so many failures in a row the rest is not asked about: rather is GitHub down than each of these broken. */
const MOST_IN_A_ROW = 3;

/** What could not be looked at, with its reason. */
export interface Unseen {
  /** A repository's full name, `installation 42`, or a pull request's `owner/name#7`. */
  readonly where: string;
  readonly error: unknown;
}

export interface Looking<T> {
  /** Names each for people, and from one time to the next. */
  where(item: T): string;
  look(item: T): Promise<void>;
  /** Whether a spent limit is the trouble of one of these alone; else it passes. */
  readonly ownLimits?: true;
  readonly unseen: Unseen[];
  readonly signal: AbortSignal;
}

/**
 * Looks at one after the other. What fails on one of them is told, and the others are looked at all the same; a fault of
 * ours, and a limit that is everybody's, passes. Answers the last failure where it gave up before the end: it failed on
 * several in a row, each of which may be no trouble of its own.
 */
export type EachApart = <T>(items: readonly T[], looking: Looking<T>) => Promise<TransientError | undefined>;

/**
 * Remembers how it went the times before: what failed is looked at after all that did not, and what has waited longest
 * first. So whatever fails each time, and wherever a time ends, the others have their turn.
 */
export function createEachApart(): EachApart {
  const last = new Map<string, { readonly turn: number; readonly failed: boolean }>();
  let turn = 0;

  function inTurn<T>(items: readonly T[], { where }: Looking<T>): readonly T[] {
    const standing = (item: T) => last.get(where(item)) ?? { turn: 0, failed: false };
    return items.toSorted((a, b) => {
      const [one, other] = [standing(a), standing(b)];
      return Number(one.failed) - Number(other.failed) || one.turn - other.turn;
    });
  }

  /** Undefined where all went well. */
  async function failureOf<T>(item: T, { where, look, ownLimits, unseen }: Looking<T>): Promise<unknown> {
    const name = where(item);
    let failure: unknown;
    try {
      await look(item);
    } catch (error) {
      if (!(error instanceof TerminalError || isFailure(error) || (ownLimits && isSpent(error)))) {
        throw error;
      }
      failure = error;
      unseen.push({ where: name, error });
    }
    turn += 1;
    last.set(name, { turn, failed: isFailure(failure) });
    return failure;
  }

  return async (items, looking) => {
    let inARow = 0;
    for (const item of inTurn(items, looking)) {
      looking.signal.throwIfAborted();
      const failure = await failureOf(item, looking);
      inARow = isFailure(failure) ? inARow + 1 : 0;
      if (isFailure(failure) && inARow === MOST_IN_A_ROW) {
        return failure;
      }
    }
    return undefined;
  };
}

/** GitHub answered with an error, or not at all. A refusal is an answer. */
function isFailure(error: unknown): error is TransientError {
  return error instanceof TransientError && !isSpent(error);
}

/** An hour's calls are counted by installation. */
function isSpent(error: unknown): boolean {
  return error instanceof TransientError && (error.reason === 'RateLimit' || error.reason === 'SecondaryRateLimit');
}
