import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { type MariaDbServer, startMariaDb } from '../../../sim/mariadb/mariadb-server.ts';
import type { Database } from '../../../src/data/mysql/session.ts';
import { abortRun } from '../../../src/data/run/abort-run.ts';
import { describeOnMariaDb } from '../../support/mariadb.ts';
import { randomNumbers } from '../../support/random-numbers.ts';
import { HOSTILE, HOSTILE_RULES } from './hostile-database.ts';
import { ask, DRAWN, dump, forget, HASH, KEY, mask, openFresh } from './masked-database.ts';

const CHILD = fileURLToPath(new URL('run-in-child.ts', import.meta.url));
const CLOCK = { now: () => new Date(), wallMilliseconds: (seconds: number) => seconds * 1000 };

describeOnMariaDb('a run that is killed', () => {
  let server: MariaDbServer;
  let undisturbed: string;
  let reports = 0;
  beforeAll(async () => {
    server = await startMariaDb({ durable: true });
    const database = await openFresh(server, HOSTILE);
    await mask(database, HOSTILE_RULES, { chunkRows: 25, report: () => (reports += 1) });
    undisturbed = await dump(server, database.name);
    await database.close();
  }, 90_000);
  afterAll(async () => await server.stop());
  beforeEach(async () => await forget(server));

  /** Ends when it ends by itself, or `strike` has made it after so many reports. */
  async function runUntil(
    database: Database,
    after: number,
    strike: (child: ChildProcess) => unknown,
  ): Promise<number | null> {
    const address = JSON.stringify({ ...server, database: database.name });
    const child = spawn(process.execPath, [CHILD, address], { stdio: ['ignore', 'pipe', 'inherit'] });
    let said = 0;
    child.stdout.on('data', (text: Buffer) => {
      const before = said;
      said += String(text).split('\n').length - 1;
      if (before < after && said >= after) {
        strike(child);
      }
    });
    return await new Promise((resolve) => child.once('exit', resolve));
  }

  it('ends byte for byte as one that nobody disturbed, killed ten times', async () => {
    const database = await openFresh(server, HOSTILE);
    const random = randomNumbers(1);
    let kills = 0;
    // From the tenth on nobody kills it any more.
    const strike = (child: ChildProcess) => kills < 10 && child.kill('SIGKILL');
    for (let exit: number | null = null; exit !== 0; kills += 1) {
      // Ten of them are less than a whole run, which says more or less as the machine is slower or faster.
      exit = await runUntil(database, 1 + Math.floor((random() * reports) / 12), strike);
    }
    expect(kills).toBeGreaterThan(10);
    expect(differences(await dump(server, database.name), undisturbed)).toEqual([]);
    expect(await ask(database, "SHOW DATABASES LIKE 'mayfly_work'")).toEqual([]);
    await database.close();
  }, 120_000);

  it('waits for a server that was killed, and ends the same', async () => {
    const database = await openFresh(server, HOSTILE);
    let restarted: Promise<void> = Promise.resolve();
    for (const part of [0.15, 0.3]) {
      await runUntil(database, Math.floor(part * reports), (child) => {
        restarted = server.kill().then(async () => {
          child.kill('SIGKILL');
          await server.start();
        });
      });
      await restarted;
    }
    const ended = await runUntil(database, Math.floor(reports / 4), () => {
      restarted = server.kill().then(async () => await server.start());
    });
    await restarted;
    expect(ended).toBe(0);
    expect(differences(await dump(server, database.name), undisturbed)).toEqual([]);
    expect(await ask(database, "SHOW DATABASES LIKE 'mayfly_work'")).toEqual([]);
    await database.close();
  }, 120_000);

  it('refuses to go on with another key, rule set or schema, and a second run at once', async () => {
    const database = await openFresh(server, HOSTILE);
    await runUntil(database, Math.floor(reports / 2), (child) => child.kill('SIGKILL'));
    const started = async (other: object) => await mask(database, HOSTILE_RULES, other);
    await expect(started({ key: `${KEY}!` })).rejects.toThrow('another key');
    await expect(started({ ruleSetDigest: 'q'.repeat(64) })).rejects.toThrow('another rule set');
    await ask(database, 'CREATE TABLE more (id INT PRIMARY KEY)');
    await expect(started({})).rejects.toThrow('another schema');
    await ask(database, 'DROP TABLE more');
    let second: Promise<unknown> | undefined;
    await mask(database, HOSTILE_RULES, {
      afterMasking: async () => {
        second = started({});
        await expect(second).rejects.toMatchObject({ reason: 'RunInProgress' });
      },
    });
    expect(second).toBeDefined();
    expect(differences(await dump(server, database.name), undisturbed)).toEqual([]);
    await database.close();
  }, 120_000);

  it('can be given up: triggers and all rows are back, and it says what is masked', async () => {
    const database = await openFresh(server, HOSTILE);
    const before = await dump(server, database.name);
    const triggers = (text: string) => text.match(/TRIGGER .*/g);
    for (const part of [0.5, 0.7, 0.9]) {
      await runUntil(database, Math.floor(part * reports), (child) => child.kill('SIGKILL'));
    }
    const aborted = await abortRun({ database, chunkRows: 100, clock: CLOCK, signal: new AbortController().signal });
    expect(triggers(await dump(server, database.name))).toEqual(triggers(before));
    expect(await ask(database, 'SELECT COUNT(*) AS n FROM plain')).toEqual([{ n: 3001 }]);
    expect(await ask(database, "SHOW DATABASES LIKE 'mayfly_work'")).toEqual([]);
    expect([...(aborted?.masked ?? []), ...(aborted?.partly ?? [])]).not.toEqual([]);
    await database.close();
  }, 120_000);

  it('can be given up just when a table is empty, and its rows come back', async () => {
    const database = await openFresh(server, [
      'CREATE TABLE t (id INT PRIMARY KEY, code VARCHAR(20) UNIQUE)',
      'INSERT INTO t SELECT seq, seq FROM seq_1_to_500',
    ]);
    const dying = dyingAt(database, (sql) => sql.includes("SET state = 'emptied'"));
    await expect(mask(dying, { t: { columns: { code: DRAWN } } })).rejects.toThrow('killed');
    expect(await ask(database, 'SELECT COUNT(*) AS n FROM t')).toEqual([{ n: 0 }]);
    const aborted = await abortRun({ database, chunkRows: 100, clock: CLOCK, signal: new AbortController().signal });
    expect(aborted).toEqual({ masked: ['t'], partly: [], left: 'masked' });
    expect(await ask(database, 'SELECT COUNT(*) AS n FROM t')).toEqual([{ n: 500 }]);
    await database.close();
  });

  it('says of one that was given up before it changed anything that it changed nothing', async () => {
    const database = await openFresh(server, ['CREATE TABLE t (id INT PRIMARY KEY, said VARCHAR(64))']);
    const beforeMasking = async () => await Promise.reject(new Error('killed'));
    await expect(mask(database, { t: { columns: { said: HASH } } }, { beforeMasking })).rejects.toThrow('killed');
    const abort = { database, chunkRows: 100, clock: CLOCK, signal: new AbortController().signal };
    expect(await abortRun(abort)).toEqual({ masked: [], partly: [], left: 'unchanged' });
    expect(await abortRun(abort)).toBeUndefined();
    await database.close();
  });

  it.each([
    { place: 'while its triggers were dropped', dies: '.`told`', removes: false, left: 'unchanged' },
    {
      place: 'while its maps were drawn',
      dies: 'INSERT IGNORE INTO `mayfly_work`.`map_',
      removes: false,
      left: 'unchanged',
    },
    { place: 'before a row of its own was masked', dies: 'SET phase = prepared', removes: false, left: 'unchanged' },
    { place: 'when rows may be gone', dies: 'SET phase = removed', removes: true, left: 'half-masked' },
  ])('says of one that was given up $place what it changed', async ({ dies, removes, left }) => {
    const database = await openFresh(server, [
      'CREATE TABLE t (id INT PRIMARY KEY, code VARCHAR(20) UNIQUE)',
      'INSERT INTO t SELECT seq, seq FROM seq_1_to_50',
      'CREATE TRIGGER told BEFORE UPDATE ON t FOR EACH ROW SET NEW.id = OLD.id',
    ]);
    const before = await dump(server, database.name);
    const rows = removes ? [{ kind: 'delete-where' as const, condition: 'id < 10' }] : [];
    const dying = dyingAt(database, (sql, [value]) => sql.replace('?', String(value)).includes(dies));
    await expect(mask(dying, { t: { columns: { code: DRAWN }, rows } })).rejects.toThrow('killed');
    const abort = { database, chunkRows: 100, clock: CLOCK, signal: new AbortController().signal };

    expect(await abortRun(abort)).toEqual({ masked: [], partly: [], left });
    expect((await dump(server, database.name)) === before).toBe(!removes);
    await database.close();
  });

  it.each([
    { place: 'within the second of two tables', dies: "SET state = 'done'", left: 'half-masked', masked: ['a'] },
    { place: 'behind the last table', dies: 'SET phase = masked', left: 'masked', masked: ['a', 'b'] },
    { place: 'behind the triggers', dies: 'SET phase = whole', left: 'masked', masked: ['a', 'b'] },
  ])('says of one that was given up $place what is left', async ({ dies, left, masked }) => {
    const database = await openFresh(server, [
      'CREATE TABLE a (id INT PRIMARY KEY, said VARCHAR(64))',
      'CREATE TABLE b (id INT PRIMARY KEY, said VARCHAR(64))',
      "INSERT INTO a SELECT seq, 'a' FROM seq_1_to_50",
      "INSERT INTO b SELECT seq, 'b' FROM seq_1_to_50",
    ]);
    const rules = { a: { columns: { said: HASH } }, b: { columns: { said: HASH } } };
    let tables = 0;
    const dying = dyingAt(database, (sql, [value]) => {
      tables += Number(sql.includes("SET state = 'done'"));
      return sql.replace('?', String(value)).includes(dies) && (tables === 2 || !sql.includes('state'));
    });
    await expect(mask(dying, rules, { workers: 1 })).rejects.toThrow('killed');
    const aborted = await abortRun({ database, chunkRows: 100, clock: CLOCK, signal: new AbortController().signal });
    expect({ left: aborted?.left, masked: aborted?.masked }).toEqual({ left, masked });
    await database.close();
  });

  it('stops when it is told to, and goes on from there', async () => {
    const database = await openFresh(server, [
      'CREATE TABLE t (id INT PRIMARY KEY, said VARCHAR(64))',
      "INSERT INTO t SELECT seq, 'a' FROM seq_1_to_500",
    ]);
    let steps = 0;
    const stopped = new AbortController();
    const first = mask(
      database,
      { t: { columns: { said: HASH } } },
      {
        signal: stopped.signal,
        report: ({ step }) => {
          steps += Number(step === 'masked');
          if (steps === 3) {
            stopped.abort();
          }
        },
      },
    );
    await expect(first).rejects.toThrow('abort');
    await mask(database, { t: { columns: { said: HASH } } });
    expect(await ask(database, "SELECT COUNT(DISTINCT said) AS n, SUM(said = 'a') AS a FROM t")).toEqual([
      { n: 1, a: '0' },
    ]);
    await database.close();
  });
});

/** A database that is lost with the first change of which `isLast` says so. */
function dyingAt(database: Database, isLast: (sql: string, values: readonly unknown[]) => boolean): Database {
  return {
    ...database,
    withSession: async (task) =>
      await database.withSession(
        async (session) =>
          await task({
            ...session,
            change: async (sql, values = []) => {
              if (isLast(sql, values)) {
                throw new Error('killed');
              }
              return await session.change(sql, values);
            },
          }),
      ),
  };
}

/** The first few, so that a failure can be read. */
function differences(a: string, b: string): readonly string[] {
  const [left, right] = [a.split('\n'), b.split('\n')];
  return left
    .filter((line, n) => line !== right[n])
    .concat(left.length === right.length ? [] : 'another length')
    .slice(0, 5);
}
