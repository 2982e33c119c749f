import { expect, it } from '@jest/globals';
import { openDatabase } from '../../../src/data/mysql/open-database.ts';
import { absentPaths } from '../../../src/data/plan/absent-paths.ts';
import type { AllowedFinding, Mask } from '../../../src/data/rules/rule-set.ts';
import { readSchema } from '../../../src/data/schema/read-schema.ts';
import { describeOnMariaDb } from '../../support/mariadb.ts';
import { covered } from '../../support/masked-database.ts';
import { useServerAndDesk } from '../proof/server-and-desk.ts';
import { createDatabase } from '../proof/stranger.ts';

const NAME: Mask = { kind: 'fake', of: 'full-name' };
const JSON_DOCUMENT = `{"holder": {"name": "Sian Morgan", "age": 4}, "people": [{"name": "Ifan Puw"}], "odd name": null, "Sian Morgan": 1}`;
const XML_DOCUMENT = '<?xml version="1.0"?><!-- x --><l no="7"><holder>Sian Morgan</holder><empty/></l>';

function json(...paths: readonly string[]): Mask {
  return { kind: 'json', fields: paths.map((path) => ({ path, mask: NAME })), others: { keep: 'a test' } };
}

function xml(...paths: readonly string[]): Mask {
  return { kind: 'xml', fields: paths.map((path) => ({ path, mask: NAME })), others: { keep: 'a test' } };
}

describeOnMariaDb('paths of rules that no document has', () => {
  const at = useServerAndDesk();

  /** What is said of a rule for the column `doc` of tables whose rows hold these values. */
  async function said(values: readonly (string | null)[], mask: Mask, allow: readonly AllowedFinding[] = []) {
    const name = await createDatabase(at.server, [
      'CREATE TABLE licence (id INT PRIMARY KEY AUTO_INCREMENT, doc TEXT)',
    ]);
    const database = await openDatabase({ ...at.server, database: name, connections: 1 });
    try {
      for (const value of values) {
        await database.withSession(
          async (session) => await session.change('INSERT INTO licence (doc) VALUES (?)', [value]),
        );
      }
      const tables = covered(await readSchema(database), { 'licence.doc': mask });
      return await absentPaths(database, { tables, allow });
    } finally {
      await database.close();
    }
  }

  it.each(['$.holder.name', '$.holder', '$.people[*].name', '$.people[0].name', '$."odd name"'])(
    'says nothing of %s, which one document of many has',
    async (path) => {
      expect(await said(['{"holder": 1}', JSON_DOCUMENT, null, 'broken {'], json(path))).toEqual([]);
    },
  );

  it.each([
    ['$.holder.nmae', ': did you mean `$.holder.name`?'],
    ['$.Holder.name', ': did you mean `$.holder.name`?'],
    ['$.people[*].nam', ': did you mean `$.people[*].name`?'],
    ['$.quite.another', ''],
  ])('names %s, and the nearest that is there', async (path, meant) => {
    expect(await said([JSON_DOCUMENT, '{"holder": 1}'], json('$.holder', path))).toEqual([
      `\`licence.doc\`: no document has \`${path}\`${meant}`,
    ]);
  });

  it('puts no name that somebody may have into a sentence', async () => {
    expect((await said([JSON_DOCUMENT], json('$."Sian Morgon"'))).join()).not.toContain('Morgan');
  });

  it.each(['/l/holder', '/l/@no', '/l', '/l/empty'])('says nothing of %s', async (path) => {
    expect(await said(['<l/>', XML_DOCUMENT], xml(path))).toEqual([]);
  });

  it.each([
    ['/l/hodler', ': did you mean `/l/holder`?'],
    ['/l/@on', ': did you mean `/l/@no`?'],
    ['/L/Holder', ': did you mean `/l/holder`?'],
  ])('names %s, which is in no XML', async (path, meant) => {
    expect(await said([XML_DOCUMENT], xml(path))).toEqual([`\`licence.doc\`: no document has \`${path}\`${meant}`]);
  });

  it.each([
    ['no row', []],
    ['no value', [null, '', '{}', '[]']],
    ['no document', ['Sian Morgan', 'broken {']],
  ])('says nothing where there is %s', async (_, values) => {
    expect(await said(values, json('$.nowhere'))).toEqual([]);
    expect(await said(values, xml('/nowhere'))).toEqual([]);
  });

  it('says nothing of a table that is emptied', async () => {
    const name = await createDatabase(at.server, [
      'CREATE TABLE licence (id INT PRIMARY KEY AUTO_INCREMENT, doc TEXT)',
      `INSERT INTO licence (doc) VALUES ('{"a": 1}')`,
    ]);
    const database = await openDatabase({ ...at.server, database: name, connections: 1 });
    const tables = covered(await readSchema(database), { 'licence.doc': json('$.nowhere') });
    const emptied = tables.map((each) => ({ ...each, rows: [{ kind: 'truncate' as const }] }));
    expect(await absentPaths(database, { tables: emptied, allow: [] })).toEqual([]);
    await database.close();
  });

  it('looks into cases', async () => {
    const mask: Mask = {
      kind: 'cases',
      cases: [{ when: 'id = 1', mask: json('$.nowhere') }],
      otherwise: { kind: 'text' },
    };
    expect(await said([JSON_DOCUMENT], mask)).toEqual(['`licence.doc`: no document has `$.nowhere`']);
  });

  it.each(['absent path', 'absent path in $.nowhere'])(
    'says nothing of what somebody allowed as %s',
    async (detector) => {
      const allow = [{ table: 'licence', column: 'doc', detector, reason: 'of a test' }];
      expect(await said([JSON_DOCUMENT], json('$.nowhere'), allow)).toEqual([]);
    },
  );
});
