import { beforeAll, expect, it } from '@jest/globals';
import type { Condemned, Sighting, SweepMarks } from '../../src/reconcile/orphans/marks.ts';

const NOON = Date.parse('2026-11-20T12:00:00Z');
const at = (seconds: number): Date => new Date(NOON + seconds * 1000);
const seen = (thing: string): Sighting => ({ thing, environmentId: 'acme/shop#7', reason: 'no-record' });

function condemned(name: string): Condemned {
  const pullRequest = { repository: 'acme/shop', number: 7 };
  const thing = { kind: 'log-group', name, label: name, tags: { Name: name }, isWitness: true, spec: null } as const;
  const recorded = { arn: `arn:${name}` };
  return {
    sighting: seen(`log-group ${name}`),
    owner: { name: 'pr-7', pullRequest },
    thing: { ...thing, recorded },
    generation: 3,
  };
}

/** What every `SweepMarks` does. The tests follow each other on one memory. */
export function describeSweepMarks(open: () => Promise<SweepMarks>): void {
  let marks: SweepMarks;
  beforeAll(async () => {
    marks = await open();
  });

  it('lets one of many begin a look, and the next when it is due', async () => {
    const claims = await Promise.all([1, 2, 3].map(async () => await marks.claimLook(at(0), 1800)));
    expect(claims.filter(Boolean)).toHaveLength(1);
    expect(await marks.claimLook(at(1799), 1800)).toBe(false);
    expect(await marks.claimLook(at(1800), 1800)).toBe(true);
    expect(await marks.claimLook(at(0), 1800)).toBe(true);
  });

  it('counts the looks at a thing from the first, and forgets what was not seen again', async () => {
    const first = await marks.noteLook([seen('log-group a'), seen('log-group b')], at(0));
    expect(first).toEqual([
      { ...seen('log-group a'), firstSeenAt: at(0), looks: 1, toldAt: null },
      { ...seen('log-group b'), firstSeenAt: at(0), looks: 1, toldAt: null },
    ]);
    const second = await marks.noteLook([{ ...seen('log-group b'), reason: 'life-over' }], at(60));
    expect(second).toEqual([
      { ...seen('log-group b'), reason: 'life-over', firstSeenAt: at(0), looks: 2, toldAt: null },
    ]);
    const third = await marks.noteLook([seen('log-group a'), seen('log-group b')], at(120));
    expect(third.map(({ looks, firstSeenAt }) => [looks, firstSeenAt])).toEqual([
      [1, at(120)],
      [3, at(0)],
    ]);
  });

  it('remembers when somebody was told, as long as the thing is seen', async () => {
    await marks.noteTold(['log-group b'], at(180));
    const told = await marks.noteLook([seen('log-group a'), seen('log-group b')], at(240));
    expect(told.map(({ toldAt }) => toldAt)).toEqual([null, at(180)]);
    expect(await marks.noteLook([], at(300))).toEqual([]);
    expect((await marks.noteLook([seen('log-group b')], at(360)))[0]?.toldAt).toBeNull();
  });

  it('keeps what a look condemned as it was given, until the next look', async () => {
    const [b, other] = [condemned('b'), { ...condemned('c'), generation: null }];
    const elsewhere = { ...seen('log-group c'), environmentId: 'acme/shop#8' };
    await marks.noteLook([seen('log-group b'), elsewhere], at(400));
    await marks.condemn([b, { ...other, sighting: elsewhere }, condemned('never noted')]);

    expect(await marks.condemned('acme/shop#7')).toEqual([b]);
    expect(await marks.condemned('acme/shop#9')).toEqual([]);
    expect(await marks.condemned()).toEqual([b, { ...other, sighting: elsewhere }]);
    await marks.noteLook([seen('log-group b')], at(460));
    expect(await marks.condemned()).toEqual([]);
  });
}
