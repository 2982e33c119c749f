import { type PostgresServer, startPostgres } from '../../postgres/embedded-postgres.ts';
import type { Violation } from '../truth/violation.ts';
import { perform } from './perform.ts';
import { openStage, type Stage } from './stage.ts';
import type { History } from './step.ts';

/** Plays one history after the other. */
export interface Player {
  /** What was untrue; empty when all was true. One at a time. */
  play(history: History): Promise<readonly Violation[]>;
  /** May be called twice, and while a history is played: then that one ends as it may. */
  stop(): Promise<void>;
}

/** After so many a stage is replaced: what GitHub and the logs have kept makes every look a little slower. */
const HISTORIES_A_STAGE = 25;

/**
 * Plays in this process. Histories share a stage for as long as nothing untrue was found on it: each leaves behind closed
 * pull requests and nothing else, and every judgement is of all of them. Rejects where Postgres cannot be run.
 */
export async function startPlayer(): Promise<Player> {
  const postgres = await startPostgres();
  return createPlayer(postgres);
}

function createPlayer(postgres: PostgresServer): Player {
  let stage: Stage | undefined;
  let played = 0;

  async function leaveStage(): Promise<void> {
    const left = stage;
    stage = undefined;
    played = 0;
    await left?.stop();
  }

  return {
    async play(history) {
      stage ??= await openStage({ databaseUrl: await postgres.createDatabase() });
      const untrue = await perform(stage, history);
      played += 1;
      if (untrue.length > 0 || played === HISTORIES_A_STAGE) {
        await leaveStage();
      }
      return untrue;
    },
    async stop() {
      await leaveStage();
      await postgres.stop();
    },
  };
}
