import type { Mark, SweepMarks } from '../../src/reconcile/orphans/marks.ts';

/** Marks of one process. */
export function createMemoryMarks(): SweepMarks {
  let marks = new Map<string, Mark>();
  let begunAt: Date | undefined;
  return {
    async claimLook(now, everySeconds) {
      const since = begunAt === undefined ? Infinity : (now.getTime() - begunAt.getTime()) / 1000;
      const isDue = since >= everySeconds || since < 0;
      begunAt = isDue ? now : begunAt;
      return await Promise.resolve(isDue);
    },
    async noteLook(seen, now) {
      marks = new Map(
        seen.map((sighting) => {
          const { firstSeenAt = now, looks = 0, toldAt = null } = marks.get(sighting.thing) ?? {};
          return [sighting.thing, { ...sighting, firstSeenAt, looks: looks + 1, toldAt }];
        }),
      );
      return await Promise.resolve([...marks.values()].toSorted((a, b) => (a.thing < b.thing ? -1 : 1)));
    },
    async noteTold(things, now) {
      marks = new Map([...marks].map(([key, mark]) => [key, things.includes(key) ? { ...mark, toldAt: now } : mark]));
      return await Promise.resolve();
    },
  };
}
