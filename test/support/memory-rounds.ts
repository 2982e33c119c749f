import type { RoundMemory, Undelivered } from '../../src/reconcile/round-memory.ts';

/** A memory of rounds that forgets, for tests of what uses one; `takenIn` are the guids that some process has taken in. */
export function createMemoryRounds(takenIn: ReadonlySet<string> = new Set()): RoundMemory {
  let begunAt: Date | null = null;
  let readUntil: Date | null = null;
  const lost = new Map<string, Undelivered & { failedAt: Date }>();

  return {
    async claimRound(now, everySeconds) {
      const since = begunAt === null ? Infinity : (now.getTime() - begunAt.getTime()) / 1000;
      const isDue = since < 0 || since >= everySeconds;
      begunAt = isDue ? now : begunAt;
      return await Promise.resolve(isDue);
    },
    deliveriesReadUntil: async () => await Promise.resolve(readUntil),
    async noteDeliveries({ arrived, failed, readUntil: until, keptSince }) {
      for (const { guid, id, at } of failed) {
        const before = lost.get(guid) ?? { guid, timesAsked: 0, askedAt: null, failedAt: at };
        lost.set(guid, { ...before, attemptId: id });
      }
      for (const [guid, { failedAt }] of lost) {
        if (arrived.includes(guid) || failedAt < keptSince) {
          lost.delete(guid);
        }
      }
      readUntil = until;
      await Promise.resolve();
    },
    undelivered: async () =>
      await Promise.resolve(
        [...lost.values()]
          .filter(({ guid }) => !takenIn.has(guid))
          .sort((a, b) => a.failedAt.getTime() - b.failedAt.getTime() || (a.guid < b.guid ? -1 : 1))
          .map(({ guid, attemptId, timesAsked, askedAt }) => ({ guid, attemptId, timesAsked, askedAt })),
      ),
    async noteAsked(guid, at) {
      const before = lost.get(guid);
      if (before) {
        lost.set(guid, { ...before, timesAsked: before.timesAsked + 1, askedAt: at });
      }
      await Promise.resolve();
    },
  };
}
