import { describe, expect, it } from '@jest/globals';
import { TerminalError } from '../../src/domain/failure.ts';
import type { DeliveryAttempt, DeliveryLog } from '../../src/reconcile/delivery-log.ts';
import { redeliverLost } from '../../src/reconcile/redelivery.ts';
import { createMemoryRounds } from '../support/memory-rounds.ts';

const DAY = 86_400;
const START = Date.parse('2026-11-20T12:00:00Z');

/** A GitHub that keeps its log for three days. What is asked for again fails again unless `heals`. */
function setUp({ takenIn = [] as readonly string[] } = {}) {
  let seconds = 0;
  /** Of Mayfly's clock, before GitHub's. */
  let ahead = 0;
  let lastId = 0;
  let heals = true;
  let refused: string | undefined;
  const attempts: DeliveryAttempt[] = [];
  const asked: string[] = [];
  const now = () => new Date(START + seconds * 1000);

  function deliver(guid: string, arrived: boolean): void {
    lastId += 1;
    attempts.unshift({ id: lastId, guid, at: now(), arrived });
  }

  const isKept = ({ at }: DeliveryAttempt) => at.getTime() >= now().getTime() - 3 * DAY * 1000;
  const log: DeliveryLog = {
    attempts: async (since, most) =>
      await Promise.resolve(attempts.filter((each) => isKept(each) && each.at >= since).slice(0, most)),
    async redeliver(attemptId) {
      const known = attempts.find(({ id }) => id === attemptId);
      if (!known || !isKept(known)) {
        return await Promise.resolve(false);
      }
      if (known.guid === refused) {
        throw new TerminalError('GitHubRefused', 'GitHub refused with 400', { actor: 'operator' });
      }
      asked.push(known.guid);
      deliver(known.guid, heals);
      return true;
    },
  };
  const memory = createMemoryRounds(new Set(takenIn));
  const signal = new AbortController().signal;
  return {
    deliver,
    asked,
    pass: (more: number) => void (seconds += more),
    refuse: (guid: string) => void (refused = guid),
    setClockAhead: (more: number) => void (ahead = more),
    stayBroken: () => void (heals = false),
    round: async () => await redeliverLost({ log, memory, now: new Date(now().getTime() + ahead * 1000) }, signal),
  };
}

describe('webhooks that did not arrive', () => {
  it('are asked for again, the oldest first, and once', async () => {
    const { deliver, round, asked, pass } = setUp();
    deliver('first', false);
    pass(1);
    deliver('fine', true);
    deliver('second', false);
    pass(1);
    expect(await round()).toEqual({ asked: 2, givenUp: 0 });
    pass(3600);

    expect(await round()).toEqual({ asked: 0, givenUp: 0 });
    expect(asked).toEqual(['first', 'second']);
  });

  it('are left alone when another attempt arrived, or when they were taken in although no answer was heard', async () => {
    const { deliver, round, asked } = setUp({ takenIn: ['timed-out'] });
    deliver('redelivered', false);
    deliver('redelivered', true);
    deliver('timed-out', false);
    await round();

    expect(asked).toEqual([]);
  });

  it('are asked for less and less often, and at last given up: what we refuse for good does not go round for ever', async () => {
    const { deliver, round, asked, pass, stayBroken } = setUp();
    stayBroken();
    deliver('unsigned', false);
    const told = [];
    for (let minute = 0; minute < 2 * 24 * 60; minute += 10) {
      told.push(await round());
      pass(600);
    }

    expect(asked).toHaveLength(4);
    expect(told.filter(({ givenUp }) => givenUp > 0)).toEqual([{ asked: 1, givenUp: 1 }]);
  });

  it('are remembered when Mayfly was away for days, but for what GitHub has no longer', async () => {
    const { deliver, round, asked, pass } = setUp();
    await round();
    deliver('too-old', false);
    pass(2 * DAY);
    deliver('kept', false);
    pass(1.5 * DAY);
    await round();

    expect(asked).toEqual(['kept']);
  });

  it('are asked for by fifties', async () => {
    const { deliver, round, asked, pass } = setUp();
    for (let made = 0; made < 120; made += 1) {
      deliver(`lost-${made}`, false);
      pass(1);
    }
    const rounds = [await round(), await round(), await round()];

    expect(rounds.map((each) => each.asked)).toEqual([50, 50, 20]);
    expect(asked.slice(0, 2)).toEqual(['lost-0', 'lost-1']);
    expect(new Set(asked).size).toBe(120);
  });

  it('are noticed although they are listed only after the log was read up to their time', async () => {
    const { deliver, round, asked, pass } = setUp();
    pass(DAY);
    await round();
    pass(-60);
    deliver('listed-late', false);
    pass(600);
    await round();

    expect(asked).toEqual(['listed-late']);
  });

  it('are noticed although the clock of Mayfly is before that of GitHub', async () => {
    const { deliver, round, asked, pass, setClockAhead } = setUp();
    setClockAhead(3600);
    deliver('fine', true);
    await round();
    pass(60);
    deliver('lost', false);
    pass(600);
    await round();

    expect(asked).toEqual(['lost']);
  });

  it('do not wait for one that GitHub refuses to deliver', async () => {
    const { deliver, round, asked, pass, refuse } = setUp();
    refuse('poison');
    deliver('poison', false);
    pass(1);
    deliver('lost', false);
    pass(1);
    await expect(round()).rejects.toThrow('refused');
    pass(600);
    await round().catch(() => undefined);

    expect(asked).toEqual(['lost']);
  });
});
