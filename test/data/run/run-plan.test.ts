import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { type MariaDbServer, startMariaDb } from '../../../sim/mariadb/mariadb-server.ts';
import { sessionKey } from '../../../src/data/work-database.ts';
import { describeOnMariaDb } from '../../support/mariadb.ts';
import { ask, DRAWN, dump, forget, HASH, KEY, mask, openFresh } from './masked-database.ts';

describeOnMariaDb('a run', () => {
  let server: MariaDbServer;
  beforeAll(async () => {
    server = await startMariaDb();
  }, 60_000);
  afterAll(async () => await server.stop());
  beforeEach(async () => await forget(server));

  it('masks a table by updates, exactly once a row, and leaves nothing behind', async () => {
    const database = await openFresh(server, [
      'CREATE TABLE `or``der` (id INT PRIMARY KEY AUTO_INCREMENT, `na me` VARCHAR(64), up VARCHAR(64) AS (UPPER(`na me`)), at TIMESTAMP DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP)',
      "INSERT INTO `or``der` (id, `na me`, at) SELECT seq * 3, CONCAT('gwen ', seq % 100), '2020-01-01' FROM seq_1_to_1000",
      'INSERT INTO `or``der` (id, `na me`) VALUES (2000000000, NULL)',
    ]);
    const { counts } = await mask(database, { 'or`der': { columns: { 'na me': HASH } } });
    expect(counts).toEqual([{ table: 'or`der', before: 1001, after: 1001 }]);
    const [row] = await ask(
      database,
      `SELECT COUNT(DISTINCT \`na me\`) AS names, SUM(\`na me\` LIKE 'gwen%') AS left_, SUM(\`na me\` IS NULL) AS nulls, SUM(up <> UPPER(\`na me\`)) AS odd, MIN(at) AS at, SUM(\`na me\` = LEFT(SHA2(CONCAT_WS('/', 0x${sessionKey(KEY).toString('hex')}, 'hash', 0, HEX(CONCAT('gwen ', (id DIV 3) % 100))), 256), 64)) AS once FROM \`or\`\`der\``,
    );
    expect(row).toEqual({ names: 100, left_: '0', nulls: '1', odd: '0', at: '2020-01-01 00:00:00', once: '1000' });
    expect(await ask(database, "SHOW DATABASES LIKE 'mayfly_work'")).toEqual([]);
    await database.close();
  });

  it('keeps what is unique unique when values meet, and what a foreign key ties equal', async () => {
    const database = await openFresh(server, [
      'CREATE TABLE person (login VARCHAR(20) PRIMARY KEY, boss VARCHAR(20), CONSTRAINT of_boss FOREIGN KEY (boss) REFERENCES person (login))',
      'CREATE TABLE letter (a INT, b VARCHAR(9), login VARCHAR(20) NOT NULL, PRIMARY KEY (b, a), CONSTRAINT of_person FOREIGN KEY (login) REFERENCES person (login))',
      "INSERT INTO person (login) SELECT CONCAT('p', seq) FROM seq_1_to_600",
      "UPDATE person SET boss = CONCAT('P', 1 + SUBSTR(login, 2) DIV 10) ",
      "INSERT INTO letter SELECT seq, CONCAT('b', seq % 7), CONCAT('p', 1 + seq % 600) FROM seq_1_to_2000",
    ]);
    const { counts } = await mask(database, {
      person: { columns: { login: DRAWN, boss: DRAWN } },
      letter: { columns: { login: DRAWN } },
    });
    expect(counts).toEqual([
      { table: 'letter', before: 2000, after: 2000 },
      { table: 'person', before: 600, after: 600 },
    ]);
    const [row] = await ask(
      database,
      "SELECT COUNT(DISTINCT login) AS logins, SUM(login LIKE 'p%') AS left_, (SELECT COUNT(*) FROM person c JOIN person p ON p.login = c.boss) AS bosses, (SELECT COUNT(*) FROM letter JOIN person USING (login)) AS letters FROM person",
    );
    expect(row).toEqual({ logins: 600, left_: '0', bosses: 600, letters: 2000 });
    await database.close();
  });

  it('takes rows away, and those whose parents went, to the last', async () => {
    const database = await openFresh(server, [
      'CREATE TABLE old (id INT PRIMARY KEY, made DATE)',
      'CREATE TABLE child (id INT PRIMARY KEY, old_id INT, parent INT, FOREIGN KEY (old_id) REFERENCES old (id) ON DELETE CASCADE, CONSTRAINT tree FOREIGN KEY (parent) REFERENCES child (id) ON DELETE CASCADE)',
      'CREATE TABLE loose (id INT PRIMARY KEY, child_id INT, at TIMESTAMP ON UPDATE CURRENT_TIMESTAMP, FOREIGN KEY (child_id) REFERENCES child (id) ON DELETE SET NULL)',
      'CREATE TABLE log (said TEXT)',
      "INSERT INTO old VALUES (1, '2019-01-01'), (2, '2024-01-01'), (3, NULL)",
      'INSERT INTO child VALUES (1, 1, NULL), (2, 2, NULL), (3, NULL, 1), (4, 2, 3), (5, 2, 2)',
      "INSERT INTO loose VALUES (1, 4, '2020-01-01'), (2, 5, '2020-01-01')",
      "INSERT INTO log VALUES ('x')",
    ]);
    const { counts } = await mask(database, {
      old: { rows: [{ kind: 'keep-years', column: 'made', years: 5 }] },
      log: { rows: [{ kind: 'truncate' }] },
    });
    expect(counts).toEqual([
      { table: 'child', before: 5, after: 2 },
      { table: 'log', before: 1, after: 0 },
      { table: 'loose', before: 2, after: 2 },
      { table: 'old', before: 3, after: 2 },
    ]);
    expect(await ask(database, 'SELECT * FROM loose ORDER BY id')).toEqual([
      { id: 1, child_id: null, at: '2020-01-01 00:00:00' },
      { id: 2, child_id: 5, at: '2020-01-01 00:00:00' },
    ]);
    await database.close();
  });

  it('deals the values of a column anew, and keeps the next number of a table it writes again', async () => {
    const database = await openFresh(server, [
      'CREATE TABLE t (id INT PRIMARY KEY AUTO_INCREMENT, plate VARCHAR(9) UNIQUE, born INT)',
      'INSERT INTO t SELECT seq, seq, IF(seq % 3, seq % 50, NULL) FROM seq_1_to_500',
      'ALTER TABLE t AUTO_INCREMENT = 9000',
    ]);
    const before = await ask(database, 'SELECT born, COUNT(*) AS n FROM t GROUP BY born');
    await mask(database, { t: { columns: { plate: DRAWN, born: { kind: 'shuffle' } } } });
    expect(await ask(database, 'SELECT born, COUNT(*) AS n FROM t GROUP BY born')).toEqual(before);
    const [row] = await ask(
      database,
      'SELECT SUM((born IS NULL) <> (id % 3 = 0)) AS nulls, SUM(born <> id % 50) > 200 AS moved, COUNT(DISTINCT plate) AS plates FROM t',
    );
    expect(row).toEqual({ nulls: '0', moved: 1, plates: 500 });
    expect(await dump(server, database.name)).toContain('AUTO_INCREMENT=9000');
    await database.close();
  });

  it('makes triggers again as they were, and none of them fires meanwhile', async () => {
    const database = await openFresh(server, [
      'CREATE TABLE t (id INT PRIMARY KEY, said VARCHAR(64), n INT DEFAULT 0)',
      "INSERT INTO t (id, said) VALUES (1, 'a'), (2, 'b')",
      'SET SESSION sql_mode = "ANSI_QUOTES"',
      'CREATE TRIGGER `sec``ond` BEFORE UPDATE ON t FOR EACH ROW SET NEW.n = NEW.n + 1',
      "CREATE DEFINER = `who`@`there` TRIGGER first BEFORE UPDATE ON t FOR EACH ROW PRECEDES `sec``ond` SET NEW.n = NEW.n * 2, NEW.said = CONCAT(NEW.said, 'ŵ')",
      'SET SESSION sql_mode = ""',
      'CREATE TRIGGER third BEFORE UPDATE ON t FOR EACH ROW FOLLOWS first SET NEW.n = NEW.n',
    ]);
    const shown = async () =>
      await ask(
        database,
        `SELECT TRIGGER_NAME, ACTION_ORDER, ACTION_STATEMENT, SQL_MODE, DEFINER, CHARACTER_SET_CLIENT, COLLATION_CONNECTION, DATABASE_COLLATION FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA = '${database.name}' ORDER BY ACTION_ORDER`,
      );
    const before = await shown();
    await mask(database, { t: { columns: { said: HASH } } });
    expect(await shown()).toEqual(before);
    expect(await ask(database, 'SELECT SUM(n) AS n FROM t')).toEqual([{ n: '0' }]);
    await database.close();
  });
});
