import { expect, it } from '@jest/globals';
import type { MariaDbServer } from '../../../sim/mariadb/mariadb-server.ts';
import { parseRuleSet } from '../../../src/data/rules/parse.ts';
import { passportProblem } from '../../../src/domain/passport.ts';
import { describeOnMariaDb } from '../../support/mariadb.ts';
import { useServerAndDesk } from './server-and-desk.ts';
import { anonymise, ask, createLicensing, createShop, propose } from './stranger.ts';

/** Whoever has a database and no rules yet, and decides on what is asked of them, the shortest way that is honest. */
describeOnMariaDb('a newcomer', () => {
  const at = useServerAndDesk();

  it.each([
    ['the licensing data', async () => await createLicensing(at.server, 300)],
    ['the web shop', async () => await createShop(at.server)],
  ])(
    'masks %s by what was proposed, once they have decided on each TODO',
    async (_, create) => {
      const database = await create();
      const { code, stdout, stderr } = await propose(at.server, database);
      expect(code).toBe(0);
      expect(parseRuleSet(stdout)).toMatchObject({ ok: true });

      const todo = stdout.match(/# TODO .*/g) ?? [];
      const [first, second, ...told] = stderr.trimEnd().split('\n');
      expect(first).toBe('this is a proposal: read every line of it before anything runs by it');
      expect(second).toBe('nothing runs by it until somebody has decided on what is marked TODO in it:');
      expect(told.map((line) => line.replace(/^[^:]*: /, ''))).toEqual(
        todo.map((line) => line.replace(/^# TODO (?:"(?:[^"\\]|\\.)*"|[^:]*): /, '')),
      );
      expect(todo.length).toBeGreaterThan(5);

      const columns = await columnsOf(at.server, database);
      const rules = await at.desk.file('rules.yml', decided(stdout, columns));
      const ended = await anonymise(at.server, at.desk, { database, rules });
      expect({ code: ended.code, stderr: ended.code === 0 ? '' : ended.stderr }).toEqual({ code: 0, stderr: '' });
      expect(ended.passport && passportProblem(ended.passport)).toBeUndefined();
    },
    120_000,
  );
});

interface FoundColumn {
  readonly table: string;
  readonly name: string;
  readonly type: string;
  readonly isNullable: number;
  readonly isUnique: number;
}

async function columnsOf(server: MariaDbServer, database: string): Promise<readonly FoundColumn[]> {
  return await ask<FoundColumn>(
    server,
    database,
    `SELECT TABLE_NAME AS \`table\`, COLUMN_NAME AS name, DATA_TYPE AS type, IS_NULLABLE = 'YES' AS isNullable,
       (TABLE_NAME, COLUMN_NAME) IN (SELECT TABLE_NAME, COLUMN_NAME FROM information_schema.STATISTICS
         WHERE TABLE_SCHEMA = DATABASE() AND NON_UNIQUE = 0) AS isUnique
     FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = DATABASE()`,
  );
}

/** The file with each TODO decided, line by line. */
function decided(text: string, columns: readonly FoundColumn[]): string {
  let table = '';
  return text
    .split('\n')
    .map((line) => {
      const header = /^ {2}(?:# )?("(?:[^"\\]|\\.)*"|[^ "#][^:"]*):/.exec(line);
      table = header ? unquoted(header[1] ?? '') : table;
      if (/^ {2}# TODO /.test(line)) {
        return line;
      }
      const column = /^ {6}# TODO ("(?:[^"\\]|\\.)*"|[^:]*):/.exec(line)?.[1];
      const found = columns.find(
        (each) => column !== undefined && each.table === table && each.name === unquoted(column),
      );
      // A whole table that is a comment: its name, and its columns or what empties it.
      return found ? `      ${column}: ${decision(found)}` : line.replace(/^ {2}# (?=\S.*:| {2}columns:)/, '  ');
    })
    .join('\n');
}

function unquoted(name: string): string {
  return name.startsWith('"') ? (JSON.parse(name) as string) : name;
}

function decision({ type, isNullable, isUnique }: FoundColumn): string {
  if (/char|text/.test(type)) {
    return isUnique ? 'digits' : 'text';
  }
  if (/blob|binary/.test(type)) {
    return isUnique ? '{ hash: 16 }' : 'null';
  }
  if (type === 'date') {
    return '{ dateShift: 30 }';
  }
  return type === 'point' && isNullable ? 'null' : '{ keep: it is about nobody }';
}
