import { lastDue } from '../../domain/cron.ts';
import { TerminalError, TransientError } from '../../domain/failure.ts';
import { isUnderWay, sourceState } from '../../domain/source.ts';
import { advance } from './advance.ts';
import { answerRequests } from './answer-requests.ts';
import { retire } from './retire.ts';
import type { SourcePass } from './stepping.ts';

const UNDER_WAY_SECONDS = 10;
const LEAVING_SECONDS = 30;
const ASKED_SECONDS = 60;

export interface SourcePassResult {
  /** Null when nothing is on its way. */
  readonly requeueAfterSeconds: number | null;
  /** What kept a part of it from being done; a retry may heal it, or an operator. */
  readonly troubles: readonly Error[];
}

/**
 * One look at the sources: takes what was asked for, takes the one that is being made as far as it goes, and has those go
 * that nothing needs. Level-triggered: it may be killed anywhere and run again from the top, and two at once do each other
 * no harm, since every step is asked of AWS by names that are the same for both, and written by who read the newest.
 */
export async function refreshSource(pass: SourcePass): Promise<SourcePassResult> {
  const { store, clock } = pass.ports;
  const troubles: Error[] = [];

  /** What one part meets keeps no other from being done. */
  async function apart(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof TransientError || error instanceof TerminalError)) {
        throw error;
      }
      troubles.push(error);
    }
  }

  await apart(async () => await keepSchedule(pass));
  await apart(async () => await answerRequests(pass));
  const underWay = (await store.versions()).find(isUnderWay);
  if (underWay) {
    await advance(underWay, pass);
    // Its end answers who asked.
    await apart(async () => await answerRequests(pass));
  }
  await apart(async () => await retire(pass));
  return { requeueAfterSeconds: await nextLook(pass), troubles };

  async function keepSchedule({ settings: { schedule } }: SourcePass): Promise<void> {
    const now = clock.now();
    const due = schedule === null ? undefined : lastDue(schedule, now);
    if (due) {
      await store.askBySchedule(due, now);
    }
  }
}

async function nextLook({ ports: { store } }: SourcePass): Promise<number | null> {
  const versions = await store.versions();
  if (versions.some(isUnderWay)) {
    return UNDER_WAY_SECONDS;
  }
  if (versions.some((version) => sourceState(version) === 'retiring')) {
    return LEAVING_SECONDS;
  }
  return (await store.openRequests()).length > 0 ? ASKED_SECONDS : null;
}
