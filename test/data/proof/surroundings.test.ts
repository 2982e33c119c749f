import { afterEach, expect, it } from '@jest/globals';
import { parseRuleSet } from '../../../src/data/rules/parse.ts';
import type { RuleSet } from '../../../src/data/rules/rule-set.ts';
import { TerminalError } from '../../../src/domain/failure.ts';
import { passportProblem, serverProblem } from '../../../src/domain/passport.ts';
import { describeOnMariaDb } from '../../support/mariadb.ts';
import { anonymiserOf, checkInProcess, maskInProcess, type Place } from './in-process.ts';
import { useServerAndDesk } from './server-and-desk.ts';
import { ask, createDatabase, differences, dump, hasWorkDatabase } from './stranger.ts';

const PERSON = [
  'CREATE TABLE person (id INT PRIMARY KEY AUTO_INCREMENT, name VARCHAR(40))',
  "INSERT INTO person (name) SELECT CONCAT('Gwenllian Cadwaladr ', seq) FROM seq_1_to_30",
];
/** What lets a user see that no original is left in tables of the server itself. */
const LOOKS = ['general_log', 'slow_log', 'column_stats'].map((table) => `SELECT ON mysql.${table}`);
const RULES_TEXT = 'version: 1\ntables: { person: { columns: { id: { keep: a number }, name: { fake: full-name } } } }';
const RULES = rulesOf(RULES_TEXT);

function rulesOf(text: string): RuleSet {
  const parsed = parseRuleSet(text);
  if (!parsed.ok) {
    throw new Error(parsed.problems.map(({ message }) => message).join('\n'));
  }
  return parsed.ruleSet;
}

describeOnMariaDb('what stands around a database', () => {
  const at = useServerAndDesk();
  let users = 0;
  afterEach(async () => {
    for (const { name } of await ask<{ name: string }>(
      at.server,
      'mysql',
      "SELECT SCHEMA_NAME AS name FROM information_schema.SCHEMATA WHERE SCHEMA_NAME LIKE 'test\\_%'",
    )) {
      await ask(at.server, 'mysql', `DROP DATABASE ${name}`);
    }
  });

  async function userWith(grants: readonly string[]): Promise<Place> {
    const user = `masker${(users += 1)}`;
    await ask(at.server, 'mysql', `CREATE USER ${user}@'127.0.0.1' IDENTIFIED BY 'a password'`);
    for (const grant of grants) {
      await ask(at.server, 'mysql', `GRANT ${grant} TO ${user}@'127.0.0.1'`);
    }
    return { ...at.server, user, password: 'a password' };
  }

  /** What `check` tells, once the run has refused with the same and changed nothing. */
  async function refusals(
    database: string,
    { place = at.server, rules = RULES }: { place?: Place; rules?: RuleSet } = {},
  ): Promise<readonly string[]> {
    const before = await dump(at.server, database);
    const refused = await maskInProcess(place, database, { ruleSet: rules }).catch((error: unknown) => error);
    const problems = refused instanceof TerminalError ? refused.details : [refused];
    expect(differences(await dump(at.server, database), before)).toEqual([]);
    expect(await hasWorkDatabase(at.server)).toBe(false);
    expect(await checkInProcess(place, database, rules)).toEqual({ ok: false, problems });
    return problems.map(String);
  }

  it('a table or a column that the user does not see is not taken for none: it is refused', async () => {
    const database = await createDatabase(at.server, [
      ...PERSON,
      'CREATE TABLE secret (email VARCHAR(40))',
      "ALTER TABLE person ADD ni VARCHAR(9) DEFAULT 'AB123456C'",
    ]);
    const blind = await userWith([
      `ALL ON ${database}.person`,
      'ALL ON `mayfly\\_work`.*',
      `INSERT, UPDATE, DELETE, CREATE, DROP, ALTER ON ${database}.*`,
    ]);
    const grant = `GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, DROP, ALTER, TRIGGER ON \`${database.replace('_', '\\_')}\`.* TO \`${blind.user}\`@\`127.0.0.1\``;
    expect(await refusals(database, { place: blind })).toEqual([
      `the user \`${blind.user}\`@\`127.0.0.1\` lacks SELECT, TRIGGER on the whole of \`${database}\`, and what it does not see would stay unmasked: ${grant}`,
    ]);
    await expect(anonymiserOf(blind, database).propose()).rejects.toThrow('does not see all of it');
    await ask(at.server, 'mysql', grant);
    expect(await refusals(database, { place: blind })).toEqual([
      '`person.ni` has no rule: mask it, or say `keep` and why',
      '`secret.email` has no rule: mask it, or say `keep` and why',
    ]);
  });

  it('other databases of the server stand in the passport, and are no source unless a rule keeps them', async () => {
    const beside = await createDatabase(at.server, PERSON);
    const database = await createDatabase(at.server, PERSON);
    const rules = (text: string) => rulesOf(`${RULES_TEXT}\notherDatabases: ${text}`);
    const unkept = await maskInProcess(at.server, database, { ruleSet: RULES });
    expect(passportProblem(unkept)).toBeUndefined();
    expect(unkept.otherDatabases).toEqual([{ name: beside, reason: null }]);
    expect(serverProblem(unkept)).toMatch(`on its server are also ${beside}, unmasked`);
    expect(await checkInProcess(at.server, database, RULES)).toMatchObject({
      ok: true,
      serverProblem: serverProblem(unkept),
    });

    const ruleSet = rules('[{ names: ["test_*"], reason: nobody stands in it }]');
    const kept = await maskInProcess(at.server, database, { ruleSet });
    expect(kept.otherDatabases).toEqual([{ name: beside, reason: 'nobody stands in it' }]);
    expect(serverProblem(kept)).toBeUndefined();
    expect(await checkInProcess(at.server, database, ruleSet)).toMatchObject({ ok: true, serverProblem: undefined });
  });

  it('a user that does not see the other databases says so in the passport', async () => {
    const database = await createDatabase(at.server, PERSON);
    const place = await userWith([`ALL ON ${database}.*`, 'ALL ON mayfly_work.*', ...LOOKS]);
    const blind = await maskInProcess(place, database, { ruleSet: RULES });
    expect(blind.otherDatabases).toBeNull();
    expect(serverProblem(blind)).toContain('needs SHOW DATABASES on *.*');
    await ask(at.server, 'mysql', `GRANT SHOW DATABASES ON *.* TO ${place.user}@'127.0.0.1'`);
    const seeing = await maskInProcess(place, database, { ruleSet: RULES });
    expect(seeing.otherDatabases).toEqual([]);
  });

  it('a database without any table is refused', async () => {
    const database = await at.server.createDatabase();
    expect(await refusals(database, { rules: rulesOf('version: 1') })).toEqual([
      `\`${database}\` has no table: see whether it is the database that was meant`,
    ]);
  });

  it('events that could write while rows are masked are named, and it is refused until they cannot', async () => {
    const database = await createDatabase(at.server, [
      ...PERSON,
      "CREATE EVENT refill ON SCHEDULE EVERY 1 HOUR DO UPDATE person SET name = 'Gwenllian Cadwaladr' WHERE id = 1",
      'CREATE EVENT asleep ON SCHEDULE EVERY 1 HOUR DISABLE DO DELETE FROM person',
    ]);
    const place = await userWith([`ALL ON ${database}.*`, 'ALL ON mayfly_work.*', ...LOOKS]);
    await ask(at.server, database, 'SET GLOBAL event_scheduler = ON');
    expect(await refusals(database)).toEqual([
      `events write while rows are masked, and could bring originals back: SET GLOBAL event_scheduler = OFF (RDS: in the parameter group), or ALTER EVENT … DISABLE for \`${database}\`.\`refill\``,
    ]);
    const account = `\`${place.user}\`@\`127.0.0.1\``;
    expect(await refusals(database, { place })).toEqual([
      `the event scheduler is on, and the user ${account} does not see which events there are: SET GLOBAL event_scheduler = OFF, or GRANT EVENT ON *.* TO ${account}`,
    ]);
    await ask(at.server, database, 'SET GLOBAL event_scheduler = OFF');
    expect(await checkInProcess(place, database, RULES)).toMatchObject({ ok: true });
    await ask(at.server, database, 'SET GLOBAL event_scheduler = ON');
    await ask(at.server, database, 'ALTER EVENT refill DISABLE');
    const passport = await maskInProcess(at.server, database, { ruleSet: RULES });
    await ask(at.server, database, 'SET GLOBAL event_scheduler = OFF');
    expect(passport.checks).toContainEqual({ name: 'events', passed: true, detail: 'no event can write' });
  });

  it('a foreign key of another database that a mask would break is refused, from both ends', async () => {
    const database = await createDatabase(at.server, [
      'CREATE TABLE p (ref VARCHAR(12) PRIMARY KEY, name VARCHAR(40))',
      "INSERT INTO p VALUES ('AB123', 'Gwenllian Cadwaladr')",
    ]);
    const other = await createDatabase(at.server, [
      `CREATE TABLE c (ref VARCHAR(12), CONSTRAINT to_p FOREIGN KEY (ref) REFERENCES ${database}.p (ref))`,
      "INSERT INTO c VALUES ('AB123')",
    ]);
    const parent = (mask: string) => rulesOf(`version: 1\ntables: { p: { ${mask} } }`);
    const masked = parent('columns: { ref: { hash: 12 }, name: { fake: full-name } }');
    const rest = `and the foreign key \`to_p\` of another database refers to it by ${other}.c.ref, which stays as it is: keep it, or drop that key`;
    expect(await refusals(database, { rules: masked })).toEqual([`\`p.ref\` is masked, ${rest}`]);
    expect(await refusals(database, { rules: parent('truncate: true') })).toEqual([
      `rows of \`p\` are deleted, ${rest}`,
    ]);
    await ask(at.server, other, 'ALTER TABLE c ADD id INT PRIMARY KEY AUTO_INCREMENT');
    const ruled = (mask: string) =>
      rulesOf(`version: 1\ntables: { c: { columns: { id: { keep: a number }, ref: ${mask} } } }`);
    expect(await refusals(other, { rules: ruled('{ hash: 12 }') })).toEqual([
      `\`c.ref\` is masked, and the foreign key \`to_p\` ties it to ${database}.p.ref of another database, which is not: keep it, or drop that key`,
    ]);
    expect(await checkInProcess(at.server, other, ruled('null'))).toMatchObject({ ok: true });
    expect(
      await checkInProcess(
        at.server,
        database,
        parent('columns: { ref: { keep: a code }, name: { fake: full-name } }'),
      ),
    ).toMatchObject({ ok: true });
    await ask(at.server, other, 'DROP TABLE c');
  });

  it('statistics of columns hold no original afterwards', async () => {
    const database = await createDatabase(at.server, [...PERSON, 'ANALYZE TABLE person PERSISTENT FOR ALL']);
    const kept = async () =>
      await ask(
        at.server,
        'mysql',
        `SELECT column_name, CONVERT(min_value USING utf8mb4) AS least FROM column_stats WHERE db_name = '${database}' AND column_name = 'name'`,
      );
    expect(await kept()).toEqual([{ column_name: 'name', least: expect.stringContaining('Gwenllian') }]);
    const place = await userWith([`ALL ON ${database}.*`, 'ALL ON mayfly_work.*', ...LOOKS]);
    const account = `\`${place.user}\`@\`127.0.0.1\``;
    expect(await refusals(database, { place })).toEqual([
      `mysql.column_stats keeps values of \`person\`.\`id\`, and the user ${account} may not delete them: GRANT DELETE ON mysql.column_stats TO ${account}`,
    ]);
    await ask(at.server, 'mysql', `GRANT DELETE ON mysql.column_stats TO ${account}`);
    const { checks } = await maskInProcess(place, database, { ruleSet: RULES });
    expect(await kept()).toEqual([]);
    expect(checks).toContainEqual({ name: 'statistics of columns', passed: true, detail: 'the server keeps none' });
  });

  it('statements in tables of logs are refused, and so are logs that write there', async () => {
    const database = await createDatabase(at.server, PERSON);
    const account = (user: string) => `\`${user}\`@\`127.0.0.1\``;
    const place = await userWith([`ALL ON ${database}.*`, 'ALL ON mayfly_work.*']);
    expect(await refusals(database, { place })).toEqual([
      `the user ${account(place.user)} does not see whether originals are left in mysql.general_log, mysql.slow_log, mysql.column_stats: ${LOOKS.map((grant) => `GRANT ${grant} TO ${account(place.user)}`).join('; ')}`,
    ]);
    await ask(at.server, 'mysql', "SET GLOBAL log_output = 'TABLE'");
    await ask(at.server, 'mysql', 'SET GLOBAL general_log = ON');
    await ask(at.server, database, "UPDATE person SET name = 'Gwenllian Featherstone' WHERE id = 1");
    const general = (off: string) =>
      `mysql.general_log holds statements with their values: ${off}TRUNCATE mysql.general_log (RDS: CALL mysql.rds_rotate_general_log, twice)`;
    expect(await refusals(database)).toEqual([general('SET GLOBAL general_log = OFF, then ')]);
    await ask(at.server, 'mysql', 'SET GLOBAL general_log = OFF');
    expect(await refusals(database)).toEqual([general('')]);
    await ask(at.server, 'mysql', 'TRUNCATE mysql.general_log');
    await ask(at.server, 'mysql', 'SET GLOBAL slow_query_log = ON');
    expect(await refusals(database)).toEqual([
      'mysql.slow_log holds statements with their values: SET GLOBAL slow_query_log = OFF, then TRUNCATE mysql.slow_log (RDS: CALL mysql.rds_rotate_slow_log, twice)',
    ]);
    await ask(at.server, 'mysql', "SET GLOBAL slow_query_log = OFF, log_output = 'FILE'");
    const { checks } = await maskInProcess(at.server, database, { ruleSet: RULES });
    expect(checks).toContainEqual({ name: 'log tables', passed: true, detail: 'no statement stands in one' });
  });

  it('a user that may not make the work database is told which privileges it lacks, and where', async () => {
    const database = await createDatabase(at.server, PERSON);
    const place = await userWith([`ALL ON ${database}.*`, 'SELECT ON mayfly_work.*']);
    expect(await refusals(database, { place })).toEqual([
      `the user \`${place.user}\`@\`127.0.0.1\` lacks INSERT, UPDATE, DELETE, CREATE, DROP, ALTER on \`mayfly_work\`, where a run keeps its journal: GRANT ALL ON \`mayfly\\_work\`.* TO \`${place.user}\`@\`127.0.0.1\``,
    ]);
  });
});
