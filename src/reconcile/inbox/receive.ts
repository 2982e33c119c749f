import { environmentId } from '../../domain/environment.ts';
import { applyAsks } from '../apply-asks.ts';
import type { IntakeSettings } from '../ask.ts';
import type { Clock } from '../clock.ts';
import type { EnvironmentRecord, Store, StoreTransaction } from '../store.ts';
import { notice } from './answer.ts';
import { type Delivery, type Fact, type HeardLetter, isFact, type Letter, leftBy } from './delivery.ts';
import type { Intake, IntakeOutcome } from './intake.ts';

interface IntakePorts {
  readonly store: Store;
  readonly clock: Clock;
  readonly settings: IntakeSettings;
}

/** The inbox's slot: one transaction a delivery, and no call to anybody. */
export function createIntake({ store, clock, settings }: IntakePorts): Intake {
  async function receive(delivery: Delivery, transaction: StoreTransaction): Promise<IntakeOutcome> {
    const now = clock.now();
    const id = environmentId(delivery.pullRequest);
    const record = await transaction.environment(id);
    const letter = await transaction.receive(delivery, { at: now });
    if (!letter) {
      return 'duplicate';
    }
    const { says } = letter;
    if (!isFact(says)) {
      await transaction.enqueueTakeIn(id);
      await notice(letter, transaction);
    } else if (record && isWanted(record)) {
      await takeFact({ ...letter, says }, { record, now, transaction });
    }
    return 'taken';
  }

  /** A close that was delivered late says nothing of a pull request that was reopened since, nor an old head of the newest. */
  async function takeFact(
    letter: Letter<Fact>,
    { record, now, transaction }: { record: EnvironmentRecord; now: Date; transaction: StoreTransaction },
  ): Promise<void> {
    const { pullRequest, installationId, sender, says, saidAt, heardAt } = letter;
    const since = await transaction.heardSince(letter);
    if (since.some((later) => overtakes(later, says))) {
      return;
    }
    const asker = { pullRequest, installationId, actor: sender.login };
    await applyAsks([says.ask], { asker, before: record, saidAt: saidAt ?? heardAt, now, settings }, transaction);
  }

  async function hearOfRun(runId: number, transaction: StoreTransaction): Promise<void> {
    for (const id of await transaction.hearOfRun(runId, clock.now())) {
      await transaction.enqueue(id);
    }
  }

  return {
    hearOfRun: async (runId) => await store.transaction(async (transaction) => await hearOfRun(runId, transaction)),
    receive: async (delivery) => await store.transaction(async (transaction) => await receive(delivery, transaction)),
  };
}

function isWanted({ intent, goneAt }: EnvironmentRecord): boolean {
  return intent.state === 'present' && !goneAt;
}

/** A want that was not obeyed yet, or never, keeps nothing from going. */
function overtakes(later: HeardLetter, fact: Fact): boolean {
  return fact.kind === 'release' ? leftBy(later)?.wanted === true : later.says.kind === 'follow';
}
