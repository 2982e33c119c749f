import type { Clock } from '../clock.ts';
import type { Roster } from '../roster.ts';
import type { SweepMarks } from './marks.ts';
import type { SweepReport } from './sweep.ts';

const LOOK_SECONDS = 1800;
/** While something is on its way out, it is seen to more often. */
const DELETING_SECONDS = 120;

export interface SweeperPorts {
  readonly marks: Pick<SweepMarks, 'claimLook'>;
  readonly clock: Clock;
  sweep(signal: AbortSignal): Promise<SweepReport>;
  /** Told how a look ended. Must not throw. */
  tell(outcome: SweepReport | { readonly error: unknown }): void;
}

export interface Sweeper {
  /** Begins a look when one is due, in the background: it keeps to a slow pace, and nobody waits for it. To be called often. */
  callLook(): Promise<void>;
  /** Has the look in hand end, and begins no more. Safe to call twice. */
  stop(): Promise<void>;
}

/** Looks of the sweep: one process at a time, every half hour. */
export function createSweeper({ marks, clock, sweep, tell }: SweeperPorts): Sweeper {
  const stopping = new AbortController();
  let inHand: Promise<void> | undefined;
  let isDeleting = false;

  async function look(): Promise<void> {
    try {
      const report = await sweep(stopping.signal);
      isDeleting = report.environments.some(({ outcome }) => outcome === 'deleting');
      tell(report);
    } catch (error) {
      if (!stopping.signal.aborted) {
        tell({ error });
      }
    } finally {
      inHand = undefined;
    }
  }

  return {
    async callLook() {
      const every = isDeleting ? DELETING_SECONDS : LOOK_SECONDS;
      if (inHand || stopping.signal.aborted || !(await marks.claimLook(clock.now(), every))) {
        return;
      }
      inHand ??= look();
    },
    async stop() {
      stopping.abort(new Error('this process is stopping'));
      await inHand;
    },
  };
}

/** The installation that sees a repository; undefined when none does, as after the app was taken off it. */
export async function installationSeeing(roster: Roster, repository: string): Promise<number | undefined> {
  for (const installationId of await roster.installations()) {
    const repositories = await roster.repositories(installationId);
    if (repositories.some((name) => name.toLowerCase() === repository.toLowerCase())) {
      return installationId;
    }
  }
  return undefined;
}
