import { describe, expect, it } from '@jest/globals';
import { parseChangelog } from '../../../src/changelog/parse-changelog.ts';
import { type ChangelogRequest, changeSetsOf } from '../../../src/domain/migrations/change-sets.ts';
import { formatOf } from '../../../src/domain/migrations/changelog-format.ts';

const ROOT = 'db/main.xml';

function xml(inside: string, attributes = ''): string {
  return `<databaseChangeLog ${attributes}>${inside}</databaseChangeLog>`;
}
const one = (id: string, more = '') => `<changeSet id="${id}" author="o" ${more}/>`;

function read(files: Readonly<Record<string, string>>, more: Partial<ChangelogRequest> = {}) {
  return changeSetsOf(
    { path: ROOT, searchPath: null, contexts: [], ...more },
    {
      paths: Object.keys(files).sort(),
      read: (path) => parseChangelog(files[path] ?? '', formatOf(path) ?? 'xml'),
    },
  );
}
function ids(...given: Parameters<typeof read>) {
  const reading = read(...given);
  return 'changeSets' in reading ? reading.changeSets.map(({ id, idle }) => (idle ? `(${id})` : id)) : reading;
}

describe('the change sets of a changelog', () => {
  it('are those of its files, each once, in the order in which they are included', () => {
    expect(
      ids({
        [ROOT]:
          xml(`${one('1')}<include file="db/b.yaml"/><include file="a.sql" relativeToChangelogFile="true"/>${one('2')}
          <includeAll path="../all" relativeToChangelogFile="true"/><include file="db/b.yaml"/>`),
        'db/b.yaml': 'databaseChangeLog: [{ changeSet: { id: 1, author: o } }]',
        'db/a.sql': '--liquibase formatted sql\n--changeset o:1',
        'all/10.xml': xml(one('1')),
        'all/2.sql': 'SELECT 1',
        'all/deep/1.xml': xml(one('1')),
        'all/notes.md': '# no changelog',
        'all.xml': xml(one('no')),
      }),
    ).toEqual([
      'db/main.xml::1::o',
      'db/b.yaml::1::o',
      'db/a.sql::1::o',
      'db/main.xml::2::o',
      'all/10.xml::1::o',
      'all/2.sql::raw::includeAll',
      'all/deep/1.xml::1::o',
    ]);
  });

  it.each([
    ['the root of the repository', 'db/x/a.xml', null],
    ['the folder of the root changelog', 'x/a.xml', null],
    ['the folder that is said to be it', 'x/a.xml', 'db'],
    ['a folder before it, with a prefix of Java', 'classpath:/x/./a.xml', null],
  ])('are found from %s', (_, file, searchPath) => {
    const files = { [ROOT]: xml(`<include file="${file}"/>`), 'db/x/a.xml': xml(one('1')) };
    expect(ids(files, { searchPath })).toEqual([searchPath === null ? 'db/x/a.xml::1::o' : 'x/a.xml::1::o']);
  });

  it('are called by a logical path, and where that is inherited by their own as well', () => {
    const files = {
      [ROOT]: xml(
        `${one('1')}${one('2', 'logicalFilePath="classpath:old.xml"')}<include file="db/a.xml"/>`,
        'logicalFilePath="main"',
      ),
      'db/a.xml': xml(one('3')),
    };
    expect(read(files)).toEqual({
      changeSets: [{ id: 'main::1::o' }, { id: 'old.xml::2::o' }, { id: 'db/a.xml::3::o', otherId: 'main::3::o' }],
    });
  });

  it('are not run for other contexts or databases, or where they are ignored', () => {
    const files = {
      [ROOT]: xml(`${one('1', 'context="dev"')}${one('2', 'context="test"')}${one('3', 'dbms="oracle"')}
        ${one('4', 'ignore="true"')}<include file="db/a.xml" context="test"/><include file="db/b.xml"/>`),
      'db/a.xml': xml(one('5')),
      'db/b.xml': xml(one('6', 'context="dev"'), 'context="!dev"'),
    };
    expect(ids(files, { contexts: ['dev'] })).toEqual([
      'db/main.xml::1::o',
      '(db/main.xml::2::o)',
      '(db/main.xml::3::o)',
      '(db/main.xml::4::o)',
      '(db/a.xml::5::o)',
      '(db/b.xml::6::o)',
    ]);
  });

  it('are read with properties, of which the first of a name counts', () => {
    const files = {
      [ROOT]: xml(
        `<property name="v" value="9.1"/><property name="v" value="8"/><include file="db/\${v}/a.xml"/>${one('${v}')}`,
      ),
      'db/9.1/a.xml': xml(one('${unknown}')),
    };
    // biome-ignore lint/suspicious/noTemplateCurlyInString: Liquibase's own reference
    expect(ids(files)).toEqual(['db/9.1/a.xml::${unknown}::o', 'db/main.xml::9.1::o']);
  });

  it.each([
    ['<include file="gone.xml"/>', '`db/main.xml` includes `gone.xml`, which is not there'],
    ['<include file="${nobody}.xml"/>', '`db/main.xml` includes `${nobody}.xml`, which is not there'],
    [
      '<include file="../../../etc/a.xml" relativeToChangelogFile="true"/>',
      '`db/main.xml` includes `../../../etc/a.xml`, which is not there',
    ],
    ['<includeAll path="gone"/>', '`db/main.xml` includes all of `gone`, where nothing is'],
    ['<include file="db/cycle.xml"/>', '`db/cycle.xml` includes itself'],
    ['<include file="db/broken.xml"/>', '`db/broken.xml` is no XML that can be read from line 1 on'],
    ['<includeAll path="x" filter="F"/>', '`db/main.xml` has an `includeAll` with a filter'],
  ])('cannot be told of %s', (inside, problem) => {
    const files = {
      [ROOT]: xml(inside),
      'db/cycle.xml': xml('<include file="db/cycle.xml"/>'),
      'db/broken.xml': '<a>',
    };
    expect(read(files)).toEqual({ problem });
  });

  it('may miss what says itself that it may be missing', () => {
    const inside =
      '<include file="gone.xml" errorIfMissing="false"/><includeAll path="gone" errorIfMissingOrEmpty="false"/>';
    expect(ids({ [ROOT]: xml(inside + one('1')) })).toEqual(['db/main.xml::1::o']);
  });

  it('take no time to speak of where every file includes the next one twice', () => {
    const files = Object.fromEntries(
      Array.from({ length: 60 }, (_, index) => {
        const next = `<include file="db/${index + 1}.xml"/>`;
        return [index === 0 ? ROOT : `db/${index}.xml`, xml(index < 59 ? next + next : one('1'))];
      }),
    );
    expect(ids(files)).toEqual(['db/59.xml::1::o']);
  });

  it('asks for all files that it can name before it has them', () => {
    const paths = [ROOT, 'db/a.xml', 'db/b.xml'];
    const known = parseChangelog(
      xml('<include file="db/a.xml"/><include file="db/b.xml"/><include file="gone.xml"/>'),
      'xml',
    );
    const reading = changeSetsOf(
      { path: ROOT, searchPath: null, contexts: [] },
      { paths, read: (path) => (path === ROOT ? known : undefined) },
    );
    expect(reading).toEqual({ missing: ['db/a.xml', 'db/b.xml'] });
  });
});
