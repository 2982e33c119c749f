import { stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import { type MariaDbServer, startMariaDb } from '../../../sim/mariadb/mariadb-server.ts';
import { passportProblem } from '../../../src/domain/passport.ts';
import { describeOnMariaDb } from '../../support/mariadb.ts';
import {
  anonymise,
  ask,
  createDatabase,
  type Desk,
  differences,
  dump,
  forget,
  hasWorkDatabase,
  openDesk,
  start,
} from './stranger.ts';

const STATEMENTS = [
  'CREATE TABLE person (id INT PRIMARY KEY, name VARCHAR(40), code VARCHAR(20) UNIQUE, much VARCHAR(2000))',
  "INSERT INTO person SELECT seq, CONCAT('Gwen Lloyd ', seq), CONCAT('GL', 100000 + seq), REPEAT('x ', 800) FROM seq_1_to_4000",
  'CREATE TABLE history (id INT PRIMARY KEY AUTO_INCREMENT, said VARCHAR(40))',
  'CREATE TRIGGER noted AFTER UPDATE ON person FOR EACH ROW INSERT INTO history (said) VALUES (OLD.name)',
];
const RULES = `version: 1
tables:
  person:
    columns:
      id: { keep: a number }
      name: { fake: full-name }
      code: digits
      much: text
  history: { truncate: true }
`;
const FULL = 'the server has no room left: give it more storage, then run the same again';
const GONE = /^no server answers at 127\.0\.0\.1:\d+: the same command goes on where this one ended\n?$/;
const ROOMY = 400;

function withRoom(megabytes: number): string[] {
  return [
    `--innodb-data-file-path=ibdata1:12M:autoextend:max:${megabytes}M`,
    '--innodb-autoextend-increment=1',
    '--innodb-file-per-table=0',
  ];
}

describeOnMariaDb('a server that fails for good', () => {
  let desk: Desk;
  let server: MariaDbServer;
  let rules: string;
  let undisturbed: string;
  beforeAll(async () => {
    desk = await openDesk();
    rules = await desk.file('rules.yml', RULES);
    server = await startMariaDb({ durable: true });
    const database = await createDatabase(server, STATEMENTS);
    expect(await anonymise(server, desk, { database, rules })).toMatchObject({ code: 0 });
    undisturbed = await dump(server, database);
  }, 90_000);
  afterEach(async () => await forget(server));
  afterAll(async () => {
    await server.stop();
    await desk.close();
  });

  async function expectUndisturbed(on: MariaDbServer, database: string): Promise<void> {
    const { code, stderr, passport } = await anonymise(on, desk, { database, rules });
    expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
    expect(differences(await dump(on, database), undisturbed)).toEqual([]);
    expect(passport && passportProblem(passport)).toBeUndefined();
    expect(await hasWorkDatabase(on)).toBe(false);
  }

  it.each([
    { megabytes: 0, full: 'before anything is changed', says: FULL },
    { megabytes: 2, full: 'while it masks', says: `table person: ${FULL}` },
  ])(
    'full $full: ends with 1 and says so, and the same command goes on once there is room',
    async (of) => {
      // One of its own: what was deleted before would be room.
      const small = await startMariaDb({ settings: withRoom(ROOMY) });
      try {
        const database = await createDatabase(small, STATEMENTS);
        const hog = await createDatabase(small, ['CREATE TABLE filler (much VARCHAR(7000))']);
        await small.kill();
        await small.start(withRoom((await megabytesOf(small)) + of.megabytes));
        if (of.megabytes === 0) {
          await fillUp(small, hog);
        }
        const { code, stderr, passport } = await anonymise(small, desk, { database, rules });
        expect({ code, says: stderr.trimEnd().split('\n').at(-1), passport }).toEqual({ code: 1, says: of.says });
        expect(await ask(small, database, 'SHOW TRIGGERS')).toHaveLength(of.megabytes === 0 ? 1 : 0);
        await small.kill();
        await small.start(withRoom(ROOMY));
        await expectUndisturbed(small, database);
      } finally {
        await small.stop();
      }
    },
    60_000,
  );

  it('gone: ends with 75 and says so, and the same command goes on once it is back', async () => {
    const database = await createDatabase(server, STATEMENTS);
    const running = start(server, desk, { database, rules });
    await running.says('masked person', 'stderr');
    await server.kill();
    const { code, stderr, passport } = await running.result;
    expect({ code, says: stderr.trimEnd().split('\n').at(-1), passport }).toEqual({
      code: 75,
      says: expect.stringMatching(GONE),
    });
    expect(await anonymise(server, desk, { database, rules })).toMatchObject({
      code: 75,
      stderr: expect.stringMatching(GONE),
    });
    await server.start();
    await expectUndisturbed(server, database);
    // It is waited for, three quarters of a minute, before it counts as gone.
  }, 120_000);
});

/** What the file of all tables takes: it grows, and never becomes smaller. */
async function megabytesOf(server: MariaDbServer): Promise<number> {
  return (await stat(join(dirname(server.socket), 'data', 'ibdata1'))).size / 2 ** 20;
}

/** Within the file there is room, too: what the server frees by itself as it clears up, sooner or later. */
async function fillUp(server: MariaDbServer, hog: string): Promise<void> {
  for (const characters of [7000, 700, 70]) {
    await expect(
      (async () => {
        for (;;) {
          await ask(server, hog, `INSERT INTO filler SELECT REPEAT('x', ${characters}) FROM seq_1_to_10`);
        }
      })(),
    ).rejects.toThrow(/full/);
  }
}
