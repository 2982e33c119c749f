import { TerminalError } from '../domain/failure.ts';
import type { Clock } from './clock.ts';
import type { Discovered } from './discovery.ts';
import type { Redelivery } from './redelivery.ts';
import type { RoundMemory } from './round-memory.ts';

/** What GitHub did not tell, or told in vain, is found out within this. */
const ROUND_SECONDS = 600;
/** Processes that start together make one round among them. */
const START_SECONDS = 60;

export interface RoundPorts {
  readonly memory: RoundMemory;
  readonly clock: Clock;
  /** Both may be long under way; they end soon after the signal aborts. */
  redeliver(now: Date, signal: AbortSignal): Promise<Redelivery>;
  discover(signal: AbortSignal): Promise<Discovered>;
  /** Told how a round ended. Must not throw. */
  tell(outcome: RoundOutcome): void;
}

export type RoundOutcome =
  | ({ readonly kind: 'made' } & Redelivery & Discovered)
  /** It was cut short, mostly because GitHub did not answer; the next one begins from the top. */
  | { readonly kind: 'failed'; readonly error: unknown };

export interface Rounds {
  /**
   * Makes a round when one is due, in the background: it takes as long as there are repositories, and nobody waits for it.
   * `atStart`: webhooks may have been lost while nobody listened, so one is due unless it was made this minute. To be
   * called often, by any process.
   */
  callRound(when?: 'atStart'): Promise<void>;
  /** Has the round in hand end, and begins no more. Safe to call twice. */
  stop(): Promise<void>;
}

/** Rounds through all that the app may see: first GitHub delivers again what was lost, then what nobody told is found. */
export function createRounds({ memory, clock, redeliver, discover, tell }: RoundPorts): Rounds {
  const stopping = new AbortController();
  let inHand: Promise<void> | undefined;

  /** An app that may not read its deliveries can still look for itself. */
  async function redeliverIfAllowed(signal: AbortSignal): Promise<Redelivery & Pick<Discovered, 'unseen'>> {
    try {
      return { ...(await redeliver(clock.now(), signal)), unseen: [] };
    } catch (error) {
      if (!(error instanceof TerminalError)) {
        throw error;
      }
      return { asked: 0, givenUp: 0, unseen: [{ where: 'the log of deliveries', error }] };
    }
  }

  async function round(): Promise<void> {
    const { signal } = stopping;
    try {
      const { unseen, ...redelivery } = await redeliverIfAllowed(signal);
      const discovery = await discover(signal);
      tell({ kind: 'made', ...redelivery, ...discovery, unseen: [...unseen, ...discovery.unseen] });
    } catch (error) {
      if (!signal.aborted) {
        tell({ kind: 'failed', error });
      }
    } finally {
      inHand = undefined;
    }
  }

  return {
    async callRound(when) {
      const every = when === 'atStart' ? START_SECONDS : ROUND_SECONDS;
      if (inHand || stopping.signal.aborted || !(await memory.claimRound(clock.now(), every))) {
        return;
      }
      inHand ??= round();
    },
    async stop() {
      stopping.abort(new Error('this process is stopping'));
      await inHand;
    },
  };
}
