import type { Condemned, Mark, SweepMarks } from '../../src/reconcile/orphans/marks.ts';

/** Marks of one process. */
export function createMemoryMarks(): SweepMarks {
  let marks = new Map<string, Mark>();
  let begunAt: Date | undefined;
  const condemned = new Map<string, Condemned>();
  return {
    async claimLook(now, everySeconds) {
      const since = begunAt === undefined ? Infinity : (now.getTime() - begunAt.getTime()) / 1000;
      const isDue = since >= everySeconds || since < 0;
      begunAt = isDue ? now : begunAt;
      return await Promise.resolve(isDue);
    },
    async noteLook(seen, now) {
      condemned.clear();
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
    async condemn(things) {
      for (const one of things.filter(({ sighting }) => marks.has(sighting.thing))) {
        condemned.set(one.sighting.thing, structuredClone(one));
      }
      return await Promise.resolve();
    },
    async condemned(environmentId) {
      const asked = [...condemned.values()].filter(
        ({ sighting }) => environmentId === undefined || sighting.environmentId === environmentId,
      );
      return await Promise.resolve(asked.toSorted((a, b) => (a.sighting.thing < b.sighting.thing ? -1 : 1)));
    },
  };
}
