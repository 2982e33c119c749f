import { describe, expect, it } from '@jest/globals';
import { parseChangelog } from '../../src/changelog/parse-changelog.ts';
import type { ChangelogFormat } from '../../src/domain/migrations/changelog-format.ts';

const changeSet = {
  kind: 'change-set',
  logicalFilePath: null,
  context: null,
  dbms: null,
  ignored: false,
};
const include = {
  kind: 'include',
  relative: false,
  required: true,
  logicalFilePath: null,
  context: null,
  ignored: false,
};

function entries(text: string, format: ChangelogFormat) {
  const read = parseChangelog(text, format);
  return 'unreadable' in read ? read.unreadable : read.entries;
}

/** A root element as Liquibase's documentation has it. */
function xml(inside: string, attributes = ''): string {
  return `<?xml version="1.1" encoding="UTF-8" standalone="no"?>
<databaseChangeLog xmlns="http://www.liquibase.org/xml/ns/dbchangelog"
    xmlns:ext="http://www.liquibase.org/xml/ns/dbchangelog-ext"
    xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
    xsi:schemaLocation="http://www.liquibase.org/xml/ns/dbchangelog dbchangelog-latest.xsd" ${attributes}>
${inside}
</databaseChangeLog>`;
}

describe('a changelog in XML', () => {
  it('has its change sets and includes in their order, with what decides whether they are run', () => {
    const text = xml(`
      <property name="folder" value="9.1"/>
      <property name="folder" value="other" dbms="oracle"/>
      <changeSet id="1" author="octocat" context="dev" dbms="mysql" logicalFilePath="old.xml" ignore="true">
        <createTable tableName="person"><column name="id" type="int"/></createTable>
      </changeSet>
      <include file="\${folder}/a.xml" relativeToChangelogFile="true" contextFilter="test"/>
      <includeAll path="more" maxDepth="1" endsWithFilter=".sql" errorIfMissingOrEmpty="false"/>
      <modifyChangeSets runWith="psql"><include file="b.xml"/></modifyChangeSets>
      <changeSet id="2" author="monalisa"/>`);
    expect(entries(text, 'xml')).toEqual([
      { kind: 'property', name: 'folder', value: '9.1' },
      {
        ...changeSet,
        id: '1',
        author: 'octocat',
        context: 'dev',
        dbms: 'mysql',
        logicalFilePath: 'old.xml',
        ignored: true,
      },
      // biome-ignore lint/suspicious/noTemplateCurlyInString: Liquibase's own reference
      { ...include, file: '${folder}/a.xml', relative: true, context: 'test' },
      {
        kind: 'include-all',
        path: 'more',
        relative: false,
        required: false,
        context: null,
        ignored: false,
        minDepth: 1,
        maxDepth: 1,
        endsWith: '.sql',
      },
      { ...include, file: 'b.xml' },
      { ...changeSet, id: '2', author: 'monalisa' },
    ]);
  });

  it('has what stands on its root', () => {
    const read = parseChangelog(xml('', 'logicalFilePath="db/main.xml" context="dev"'), 'xml');
    expect(read).toEqual({ logicalFilePath: 'db/main.xml', context: 'dev', entries: [] });
  });

  it.each([
    ['a byte order mark', `\uFEFF${xml('<changeSet id="1" author="a"/>')}`],
    ['lines that end as on Windows', xml('<changeSet\n id="1"\n author="a"/>').replaceAll('\n', '\r\n')],
    ['a comment with a change set', xml('<!-- <changeSet id="0" author="a"/> --><changeSet id="1" author="a"/>')],
    [
      'a CDATA section with one',
      xml('<changeSet id="1" author="a"><sql><![CDATA[<changeSet id="0" author="a"/>]]></sql></changeSet>'),
    ],
    [
      'an element of the same name inside one',
      xml('<changeSet id="1" author="a"><ext:changeSet id="0" author="a"/></changeSet>'),
    ],
    ['prefixes', '<lb:databaseChangeLog xmlns:lb="urn:x"><lb:changeSet id="1" author="a"/></lb:databaseChangeLog>'],
    [
      'a prefix that nobody declared',
      '<databaseChangeLog><changeSet id="1" author="a"><ext:x/></changeSet></databaseChangeLog>',
    ],
    [
      'a document type',
      `<!DOCTYPE databaseChangeLog [<!ENTITY x "y">]>${xml('<changeSet id="1" author="a"/>').split('?>')[1]}`,
    ],
  ])('is read with %s', (_, text) => {
    expect(entries(text, 'xml')).toEqual([{ ...changeSet, id: '1', author: 'a' }]);
  });

  it.each([
    [
      'entities that grow',
      `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
      <databaseChangeLog><changeSet id="&b;" author="a"/></databaseChangeLog>`,
      'is no XML that can be read from line 2 on',
    ],
    [
      'entities that lead outside',
      `<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><databaseChangeLog>&a;</databaseChangeLog>`,
      'is no XML that can be read from line 1 on',
    ],
    [
      'an element left open',
      '<databaseChangeLog>\n<changeSet id="1" author="a">',
      'is no XML that can be read from line 2 on',
    ],
    ['another root', '<project><changeSet id="1" author="a"/></project>', 'has no `databaseChangeLog`'],
    ['nothing', '', 'is no XML that can be read from line 1 on'],
  ])('is not read with %s', (_, text, what) => {
    expect(entries(text, 'xml')).toBe(what);
  });

  it('is read however deep its elements are', () => {
    const deep = '<x>'.repeat(100_000) + '</x>'.repeat(100_000);
    expect(entries(xml(`<changeSet id="1" author="a">${deep}</changeSet>`), 'xml')).toHaveLength(1);
  });

  it('cannot be followed where a filter of its own decides, or an id is missing', () => {
    expect(entries(xml('<includeAll path="x" filter="com.example.Filter"/><changeSet author="a"/>'), 'xml')).toEqual([
      { kind: 'opaque', what: 'an `includeAll` with a filter' },
      { kind: 'opaque', what: 'a change set without an id or an author' },
    ]);
  });
});

describe('a changelog in YAML', () => {
  const text = `databaseChangeLog:
- logicalFilePath: db/main.yaml
- property: { name: folder, value: 9.1 }
- changeSet:
    id: 1.0
    author: octocat
    contextFilter: dev
    changes:
    - createTable: { tableName: person }
- include: { file: a.yaml, relativeToChangelogFile: true }
- modifyChangeSets:
    runWith: psql
    include: { file: b.sql }
`;
  const expected = {
    logicalFilePath: 'db/main.yaml',
    context: null,
    entries: [
      { kind: 'property', name: 'folder', value: '9.1' },
      { ...changeSet, id: '1.0', author: 'octocat', context: 'dev' },
      { ...include, file: 'a.yaml', relative: true },
      { ...include, file: 'b.sql' },
    ],
  };

  it.each([
    ['as it is', text],
    ['with lines that end as on Windows', text.replaceAll('\n', '\r\n')],
    ['with a byte order mark', `\uFEFF${text}`],
  ])('is read %s: an id is what is written', (_, given) => {
    expect(parseChangelog(given, 'yaml')).toEqual(expected);
  });

  it('is read in JSON as well', () => {
    const json = JSON.stringify({
      databaseChangeLog: [{ changeSet: { id: 7, author: 'o', ignore: true } }, { include: { file: 'a.json' } }],
    });
    expect(entries(json, 'yaml')).toEqual([
      { ...changeSet, id: '7', author: 'o', ignored: true },
      { ...include, file: 'a.json' },
    ]);
  });

  it.each([
    [
      'aliases that grow',
      `a: &a [x, x]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a]\nc: &c [*b, *b, *b, *b, *b, *b, *b, *b]\nd: &d [*c, *c, *c, *c, *c, *c, *c, *c]\ndatabaseChangeLog: [*d, *d, *d, *d]\n`,
      'is no YAML that can be read',
    ],
    ['a bracket left open', 'databaseChangeLog: [', 'is no YAML that can be read'],
    ['lists in lists', `databaseChangeLog: ${'['.repeat(20_000)}`, 'is no YAML that can be read'],
    [
      'more than can be read at once',
      `databaseChangeLog: [${'1, '.repeat(100_000)}]`,
      'is larger than 200 kB, which is too large for YAML',
    ],
    ['no list', 'databaseChangeLog: { changeSet: 1 }', 'has no list `databaseChangeLog`'],
    ['something else', '- a', 'has no list `databaseChangeLog`'],
    ['nothing', '', 'has no list `databaseChangeLog`'],
  ])('is not read with %s', (_, given, what) => {
    expect(entries(given, 'yaml')).toBe(what);
  });
});

describe('a changelog in SQL', () => {
  it('has its change sets by their comments', () => {
    const text = `
-- liquibase formatted sql logicalFilePath:db/main.sql

--property name:folder value:9.1
--changeset octocat:1 context:"dev or test" dbms:mysql,mariadb runOnChange:true
CREATE TABLE person (id INT);
--rollback DROP TABLE person;
--ignoreLines:start
--changeset octocat:0
--ignoreLines:end
--ignoreLines:1
--changeset octocat:0
  -- changeset "Mona Lisa":"an id" logicalFilePath:old.sql ignore:true
SELECT '${'x'.repeat(1_000_000)}';
-- changeset ${' '.repeat(500_000)}
--changeset octocat:raw-1
`.replaceAll('\n', '\r\n');
    expect(parseChangelog(text, 'sql')).toEqual({
      logicalFilePath: 'db/main.sql',
      context: null,
      entries: [
        { kind: 'property', name: 'folder', value: '9.1' },
        { ...changeSet, id: '1', author: 'octocat', context: 'dev or test', dbms: 'mysql,mariadb' },
        { ...changeSet, id: 'an id', author: 'Mona Lisa', logicalFilePath: 'old.sql', ignored: true },
        { ...changeSet, id: 'raw-1', author: 'octocat' },
      ],
    });
  });

  it('is one change set where it has no header', () => {
    expect(entries('CREATE TABLE person (id INT);', 'sql')).toEqual([
      { ...changeSet, id: 'raw', author: 'includeAll' },
    ]);
  });
});
