import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type MariaDbServer, startMariaDb } from '../../../sim/mariadb/mariadb-server.ts';
import type { RuleSet } from '../../../src/data/rules/rule-set.ts';
import { passportProblem } from '../../../src/domain/passport.ts';
import { describeOnMariaDb } from '../../support/mariadb.ts';
import { maskInProcess } from './in-process.ts';
import { ask, createDatabase, differences, dump, giveUp, hasWorkDatabase } from './stranger.ts';

const CHILD = fileURLToPath(new URL('struck-at-end.ts', import.meta.url));
const TABLE = [
  'CREATE TABLE person (id INT PRIMARY KEY, name VARCHAR(40), plate VARCHAR(9) UNIQUE)',
  "INSERT INTO person SELECT seq, CONCAT('Name ', seq % 70), CONCAT('P', seq) FROM seq_1_to_400",
];
const RULES: RuleSet = {
  version: 1,
  keep: [],
  otherDatabases: [],
  smoke: [],
  allow: [],
  tables: [
    {
      table: 'person',
      rows: [],
      orphans: undefined,
      columns: [
        { column: 'id', mask: { kind: 'keep', reason: 'a number' }, domain: undefined },
        { column: 'name', mask: { kind: 'fake', of: 'full-name' }, domain: undefined },
        { column: 'plate', mask: { kind: 'fake', of: 'vrm' }, domain: undefined },
      ],
    },
  ],
};

describeOnMariaDb('a run that is killed when all is done but its end', () => {
  let server: MariaDbServer;
  let undisturbed: string;
  beforeAll(async () => {
    server = await startMariaDb();
    const database = await createDatabase(server, TABLE);
    await maskInProcess(server, database, { ruleSet: RULES });
    undisturbed = await dump(server, database);
  }, 60_000);
  afterAll(async () => await server.stop());

  /** What it said before it was killed: its passport. */
  async function struck(database: string, strikesAt: string): Promise<string> {
    const { host, port, user, password } = server;
    const order = JSON.stringify({ address: { host, port, user, password, database }, ruleSet: RULES, strikesAt });
    const child = spawn(process.execPath, [CHILD, order], { stdio: ['ignore', 'pipe', 'inherit'] });
    let said = '';
    child.stdout.on('data', (text: Buffer) => (said += String(text)));
    const signal = await new Promise((resolve) => child.once('close', (_, by) => resolve(by)));
    expect(signal).toBe('SIGKILL');
    return said.trim();
  }

  it.each([
    ['as it hands its passport over', 'hand over'],
    ['before the first table of the work database goes', 'DROP TABLE `mayfly_work`.`fingerprint_tables`'],
    ['before the last of it goes', 'DROP DATABASE `mayfly_work`'],
  ])('is not masked again, and has the same passport (%s)', async (_, place) => {
    const database = await createDatabase(server, TABLE);
    const said = await struck(database, place);
    expect(differences(await dump(server, database), undisturbed)).toEqual([]);
    const passport = await maskInProcess(server, database, { ruleSet: RULES });
    expect(passport).toEqual(JSON.parse(said));
    expect(passportProblem(passport)).toBeUndefined();
    expect(differences(await dump(server, database), undisturbed)).toEqual([]);
    expect(await hasWorkDatabase(server)).toBe(false);
  });

  it('does not vouch for originals that somebody brought back meanwhile', async () => {
    const database = await createDatabase(server, TABLE);
    await struck(database, 'hand over');
    await ask(server, database, 'TRUNCATE TABLE person');
    await ask(server, database, TABLE[1] ?? '');
    const passport = await maskInProcess(server, database, { ruleSet: RULES });
    expect(passportProblem(passport)).toContain('values of the original');
    expect(await hasWorkDatabase(server)).toBe(false);
  });

  it.each([
    [
      'no passport was written yet',
      "UPDATE `mayfly_work`.`run` SET phase = 'done'",
      'everything is masked, and nothing was proven: nobody has looked at the result, and it has no passport. Restore the database and mask it again; the same run, gone on with, would have proven it',
    ],
    [
      'its passport was written',
      'hand over',
      'everything is masked and was looked at, and what the passport says of it holds. Whoever did not get that has nothing that vouches for the data: restore the database and mask it again',
    ],
  ])('is not called half masked by whoever gives it up, where %s', async (_, place, says) => {
    const database = await createDatabase(server, TABLE);
    await struck(database, place);
    const { code, stderr } = await giveUp(server, database);
    expect({ code, lines: stderr.trimEnd().split('\n').slice(1) }).toEqual({
      code: 1,
      lines: ['masked: person; partly masked: no table', says],
    });
    expect(differences(await dump(server, database), undisturbed)).toEqual([]);
    expect(await hasWorkDatabase(server)).toBe(false);
  });
});
