import { beforeAll, expect, it } from '@jest/globals';
import type { RoundMemory } from '../../src/reconcile/round-memory.ts';

const NOON = Date.parse('2026-11-20T12:00:00Z');
const at = (seconds: number): Date => new Date(NOON + seconds * 1000);
const attempt = (id: number, guid: string, seconds: number) => ({ id, guid, at: at(seconds), arrived: false });

/** What every `RoundMemory` does. The tests follow each other on one memory, which `takenIn` has told of one delivery. */
export function describeRoundMemory(open: (takenIn: string) => Promise<RoundMemory>): void {
  let memory: RoundMemory;
  beforeAll(async () => {
    memory = await open('taken-in');
  });

  it('lets one of many begin a round, and the next when it is due', async () => {
    const claims = await Promise.all([1, 2, 3].map(async () => await memory.claimRound(at(0), 600)));
    expect(claims.filter(Boolean)).toHaveLength(1);
    expect(await memory.claimRound(at(599), 600)).toBe(false);
    expect(await memory.claimRound(at(600), 600)).toBe(true);
  });

  it('does not wait for a round that a clock dates in the future', async () => {
    expect(await memory.claimRound(at(500), 600)).toBe(true);
  });

  it('has read nothing before the first time', async () => {
    expect(await memory.deliveriesReadUntil()).toBeNull();
    expect(await memory.undelivered()).toEqual([]);
  });

  it('keeps what failed, the oldest first, but not what was taken in all the same', async () => {
    const failed = [attempt(3, 'newer', 30), attempt(2, 'older', 20), attempt(1, 'taken-in', 10)];
    await memory.noteDeliveries({ arrived: [], failed, readUntil: at(40), keptSince: at(0) });

    expect(await memory.deliveriesReadUntil()).toEqual(at(40));
    expect(await memory.undelivered()).toEqual([
      { guid: 'older', attemptId: 2, timesAsked: 0, askedAt: null },
      { guid: 'newer', attemptId: 3, timesAsked: 0, askedAt: null },
    ]);
  });

  it('counts how often each was asked for, over further attempts that failed', async () => {
    await memory.noteAsked('older', at(41));
    await memory.noteAsked('older', at(42));
    const failed = [attempt(9, 'older', 43)];
    await memory.noteDeliveries({ arrived: [], failed, readUntil: at(50), keptSince: at(0) });

    expect((await memory.undelivered())[0]).toEqual({
      guid: 'older',
      attemptId: 9,
      timesAsked: 2,
      askedAt: at(42),
    });
  });

  it('forgets what arrived by any of its attempts, and what GitHub has no longer', async () => {
    const failed = [attempt(10, 'older', 55)];
    await memory.noteDeliveries({ arrived: ['older', 'unknown'], failed, readUntil: at(60), keptSince: at(0) });
    expect((await memory.undelivered()).map(({ guid }) => guid)).toEqual(['newer']);
    await memory.noteDeliveries({ arrived: [], failed: [], readUntil: at(70), keptSince: at(31) });

    expect(await memory.undelivered()).toEqual([]);
  });
}
