import { describe, expect, it } from '@jest/globals';
import { TransientError } from '../../../src/domain/failure.ts';
import type { CloneFigures, CloneSight } from '../../../src/reconcile/database/clone-look.ts';
import { databaseLines } from '../../../src/reconcile/database/database-lines.ts';
import type { ConnectedUser, DatabasePlace } from '../../../src/reconcile/database/database-look.ts';
import { databaseStanding } from '../../../src/reconcile/database/database-standing.ts';
import type { SourceSight } from '../../../src/reconcile/database/source-sight.ts';
import type { ResourceRecord } from '../../../src/reconcile/store.ts';
import { resourceRecord } from '../../support/environment-record.ts';

const SOURCE: SourceSight = { identifier: 'source-1', day: '2026-11-20', passport: 'good', problem: null };
const UP: CloneSight = {
  status: 'available',
  endpoint: 'pr-7.cluster-x',
  port: 3306,
  limits: { min: 0, max: 2, autoPauseSeconds: 600 },
};
const CLONE = resourceRecord('clone-cluster', {
  kind: 'clone-cluster',
  name: 'pr-7',
  state: 'ready',
  spec: { sourceIdentifier: 'source-1' },
});
const CREDENTIALS = resourceRecord('database-credentials', {
  kind: 'database-credentials',
  name: 'pr-7/database',
  state: 'ready',
  spec: { clusterIdentifier: 'pr-7' },
});

interface Seen {
  readonly rows?: readonly ResourceRecord[];
  readonly source?: SourceSight;
  readonly sight?: CloneSight | undefined;
  readonly figures?: CloneFigures;
  readonly connections?: (place: DatabasePlace) => readonly ConnectedUser[];
}

async function said({ rows = [CLONE, CREDENTIALS], source = SOURCE, figures, connections, ...given }: Seen = {}) {
  const sight = 'sight' in given ? given.sight : UP;
  const standing = await databaseStanding(rows, {
    sourceOf: async () => await Promise.resolve(source),
    clones: {
      see: async () => await Promise.resolve(sight),
      measure: async () => await Promise.resolve(figures ?? { capacity: 0.5, volumeBytes: 3 * 1024 ** 2 }),
      credentials: async (secret) => await Promise.resolve({ user: 'admin', password: `of ${secret}` }),
    },
    databases: { connections: async (place) => await Promise.resolve((connections ?? (() => []))(place)) },
  });
  return databaseLines(standing);
}

describe('the database of an environment, in sentences', () => {
  it('names its source, its state, its capacity, how far it differs, and who keeps it awake', async () => {
    const connections = () => [
      { user: 'api', host: '10.0.1.5', sessions: 3 },
      { user: 'root', host: 'localhost', sessions: 1 },
    ];

    expect(await said({ connections })).toEqual([
      'It is a clone of `source-1`, with the data of 2026-11-20: masked, passport ✓.',
      'The clone `pr-7` is available.',
      'It uses 0.5 ACU now; its limits are 0 to 2 ACU.',
      'It differs from its source by 3 MiB: pages of its own, which it pays for.',
      'Connected: `api@10.0.1.5` (3 sessions), `root@localhost`. It does not pause as long as anybody is.',
    ]);
  });

  it('asks as the master user of that very clone, and tells nobody with what', async () => {
    const asked: DatabasePlace[] = [];
    const lines = await said({ connections: (place) => (asked.push(place), []) });

    expect(asked).toEqual([{ host: 'pr-7.cluster-x', port: 3306, user: 'admin', password: 'of pr-7/database' }]);
    expect(lines.join()).not.toContain('of pr-7/database');
    expect(lines.at(-1)).toBe('Nobody is connected. It pauses after 10 min without connections.');
  });

  it('says why a source has no good passport, and where none is asked for', async () => {
    const problem = 'has no passport';
    expect((await said({ source: { ...SOURCE, passport: 'bad', problem } }))[0]).toBe(
      'It is a clone of `source-1`, with the data of 2026-11-20, which has no passport.',
    );
    expect((await said({ source: { ...SOURCE, day: null, passport: 'unasked' } }))[0]).toBe(
      'It is a clone of `source-1`: this platform asks for no passport.',
    );
  });

  it('says nothing of what is not measured, nor of a clone that is not there yet', async () => {
    const figures = { capacity: null, volumeBytes: null };
    expect(await said({ figures, sight: undefined })).toEqual([
      expect.stringContaining('source-1'),
      'The clone `pr-7` is not there yet.',
    ]);
  });

  it('wakes no clone that is paused', async () => {
    const connections = () => {
      throw new Error('it was asked');
    };

    expect(await said({ figures: { capacity: 0, volumeBytes: null }, connections })).toContain(
      'It is paused: nobody is connected.',
    );
  });

  it.each([
    ['is not reached', { connections: unreached }],
    ['has not taken its password yet', { rows: [CLONE, { ...CREDENTIALS, state: 'pending' as const }] }],
  ])('is no failure when the clone %s', async (_, seen) => {
    expect((await said(seen)).at(-1)).toBe('Who is connected could not be asked of it.');
  });

  it('never pauses where its least capacity is more than none', async () => {
    const limits = { min: 0.5, max: 2, autoPauseSeconds: null };
    expect((await said({ sight: { ...UP, limits } })).at(-1)).toBe(
      'Nobody is connected. It never pauses, as its least capacity is 0.5 ACU.',
    );
  });

  it('keeps a hostile name within its code span, and names ten at most', async () => {
    const connections = () =>
      Array.from({ length: 12 }, (_, index) => ({ user: `a\`b${index}`, host: 'h', sessions: 1 }));
    const line = (await said({ connections })).at(-1) ?? '';

    expect(line).toContain("`a'b0@h`");
    expect(line).toContain('2 more.');
  });

  it('tells of the newest clone, and that the one before is still there', async () => {
    const second = {
      ...CLONE,
      key: 'clone-cluster/2',
      name: 'pr-7-2',
      askedAt: new Date(CLONE.askedAt.getTime() + 1000),
    };
    const lines = await said({ rows: [CLONE, CREDENTIALS, second] });

    expect(lines).toContain('The clone `pr-7-2` is available.');
    expect(lines).toContain('The clone before it, `pr-7`, goes once nothing uses it.');
  });

  it('says so where there is no database', async () => {
    expect(await said({ rows: [{ ...CLONE, state: 'gone' }] })).toEqual([
      'It has no database: none was asked for yet, or its blueprint wants none.',
    ]);
  });
});

function unreached(): never {
  throw new TransientError('ConnectionLost', 'the connection to the server is lost');
}
