import { describe, expect, it } from '@jest/globals';
import type { Kept } from '../../../sim/load/kept.ts';
import type { Message } from '../../../sim/load/messages.ts';
import { reportOf, spreadOf } from '../../../sim/load/report.ts';
import type { Delivered } from '../../../sim/load/send-deliveries.ts';

const MEMORY = {
  flat: true,
  liveBefore: 40,
  liveAfter: 41,
  residentByQuarter: [150, 150, 151, 151],
  residentMost: 160,
};
const ALL_KEPT: Kept = { due: 1, lost: [], takenIn: 0, waiting: 0 };

function delivered(change: Partial<Delivered> = {}, fate: Message['fate'] = 'kept'): Delivered {
  const message: Message = { event: 'push', body: '{}', secret: 's', fate };
  return {
    id: 'a',
    kind: 'push',
    message,
    repeats: null,
    status: 200,
    milliseconds: 5,
    lateMilliseconds: 0,
    ...change,
  };
}

function report(all: readonly Delivered[], more: Partial<Parameters<typeof reportOf>[0]> = {}) {
  return reportOf({
    delivered: all,
    kept: ALL_KEPT,
    memory: MEMORY,
    serverCpuSeconds: 20,
    rate: 200,
    seconds: 60,
    seed: 1,
    queueDepth: [{ inboxWaiting: 3 }],
    log: {},
    ...more,
  });
}

const fine = [delivered(), delivered({}, 'let-go'), delivered({ status: 400 }, 'refused')];

describe('the report of a load', () => {
  it('is good when every goal holds', () => {
    expect(report(fine)).toMatchObject({
      ok: true,
      deliveries: { sent: 3, acknowledged: 2, forged: 1, forgedLetIn: 0 },
    });
  });

  it.each<[goal: string, ReturnType<typeof report>]>([
    ['allAcknowledged', report([...fine, delivered({ status: 503 })])],
    ['allAcknowledged', report([...fine, delivered({ status: 0 })])],
    ['p99Below250Milliseconds', report([delivered({ milliseconds: 250 })])],
    ['noneLost', report(fine, { kept: { ...ALL_KEPT, lost: ['a'] } })],
    ['noForgedOneLetIn', report([...fine, delivered({ status: 200 }, 'refused')])],
    ['memoryFlat', report(fine, { memory: { ...MEMORY, flat: false } })],
    ['backPressureVisible', report(fine, { queueDepth: [] })],
  ])('is bad when %s does not hold', (goal, found) => {
    expect(found.ok).toBe(false);
    expect(Object.entries(found.goals).filter(([, holds]) => !holds)).toEqual([[goal, false]]);
  });

  it('counts what was answered otherwise', () => {
    const all = [delivered({ status: 503 }), delivered({ status: 503 }), delivered({ status: 0 })];
    expect(report(all).deliveries).toMatchObject({ notAcknowledged: 3, otherAnswers: { 0: 1, 503: 2 } });
  });
});

describe('a spread', () => {
  it.each<[number[], ReturnType<typeof spreadOf>]>([
    [[], { p50: 0, p99: 0, max: 0 }],
    [[7.04], { p50: 7, p99: 7, max: 7 }],
    [[3, 1, 2], { p50: 2, p99: 3, max: 3 }],
    [Array.from({ length: 1000 }, (_, index) => index + 1), { p50: 500, p99: 990, max: 1000 }],
  ])('of %j is %j', (values, spread) => {
    expect(spreadOf(values)).toEqual(spread);
  });
});
