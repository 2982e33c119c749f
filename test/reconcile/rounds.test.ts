import { describe, expect, it } from '@jest/globals';
import { createSteppedClock } from '../../sim/clock.ts';
import { TerminalError, TransientError } from '../../src/domain/failure.ts';
import { createRounds, type RoundOutcome } from '../../src/reconcile/rounds.ts';
import { createMemoryRounds } from '../support/memory-rounds.ts';

const nothing = { found: [], refused: [], unseen: [] };

function setUp() {
  const clock = createSteppedClock();
  const memory = createMemoryRounds();
  const told: RoundOutcome[] = [];
  const errors: { redeliver?: Error; discover?: Error } = {};
  let hold: Promise<void> | undefined;
  const newProcess = () =>
    createRounds({
      memory,
      clock,
      async redeliver() {
        await hold;
        if (errors.redeliver) {
          throw errors.redeliver;
        }
        return { asked: 0, givenUp: 0 };
      },
      async discover(signal) {
        signal.throwIfAborted();
        if (errors.discover) {
          throw errors.discover;
        }
        return await Promise.resolve(nothing);
      },
      tell: (outcome) => void told.push(outcome),
    });
  return { clock, told, errors, newProcess, holdUp: (until: Promise<void>) => void (hold = until) };
}

/** Lets what runs in the background go as far as it goes by itself. */
const breathe = async () => await new Promise((resolve) => setImmediate(resolve));

describe('rounds through GitHub', () => {
  it('are made at the start and every ten minutes, by one process of all', async () => {
    const { newProcess, clock, told } = setUp();
    const [one, other] = [newProcess(), newProcess()];
    await Promise.all([one.callRound('atStart'), other.callRound('atStart')]);
    await breathe();
    expect(told).toHaveLength(1);
    for (let minute = 0; minute < 20; minute += 1) {
      clock.advance(60);
      await Promise.all([one.callRound(), other.callRound()]);
      await breathe();
    }

    expect(told).toHaveLength(3);
  });

  it('are made anew by a process that starts, because webhooks may have been lost before', async () => {
    const { newProcess, clock, told } = setUp();
    await newProcess().callRound('atStart');
    await breathe();
    clock.advance(61);
    await newProcess().callRound('atStart');
    await breathe();

    expect(told).toHaveLength(2);
  });

  it('do not overlap in a process, and nobody waits for one', async () => {
    const { newProcess, clock, told, holdUp } = setUp();
    const held = Promise.withResolvers<void>();
    holdUp(held.promise);
    const rounds = newProcess();
    await rounds.callRound();
    clock.advance(600);
    await rounds.callRound();
    held.resolve();
    await breathe();

    expect(told).toHaveLength(1);
  });

  it('end at once where GitHub does not answer, say so once, and go on with the next', async () => {
    const { newProcess, clock, told, errors } = setUp();
    const rounds = newProcess();
    errors.redeliver = new TransientError('GitHubUnavailable', 'down');
    await rounds.callRound();
    await breathe();
    expect(told).toEqual([{ kind: 'failed', error: errors.redeliver }]);
    delete errors.redeliver;
    clock.advance(600);
    await rounds.callRound();
    await breathe();

    expect(told[1]).toEqual({ kind: 'made', asked: 0, givenUp: 0, ...nothing });
  });

  it('look for pull requests where the app may not read its deliveries', async () => {
    const { newProcess, told, errors } = setUp();
    errors.redeliver = new TerminalError('GitHubPermission', 'no', { actor: 'operator' });
    await newProcess().callRound();
    await breathe();

    expect(told).toMatchObject([{ kind: 'made', unseen: [{ where: 'the log of deliveries' }] }]);
  });

  it('let the process end: the one in hand is cut short without a word, and none begins', async () => {
    const { newProcess, clock, told, holdUp } = setUp();
    const held = Promise.withResolvers<void>();
    holdUp(held.promise);
    const rounds = newProcess();
    await rounds.callRound();
    const stopped = rounds.stop();
    held.resolve();
    await stopped;
    clock.advance(600);
    await rounds.callRound();
    await breathe();

    expect(told).toEqual([]);
  });
});
