import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { DatabaseSchema, TableShape } from '../../src/domain/database-schema.ts';
import { type SchemaChange, schemaDiff } from '../../src/domain/schema-diff.ts';

const table = (
  name: string,
  columns: Readonly<Record<string, string>>,
  indexes: Readonly<Record<string, string>> = {},
) => ({
  name,
  columns: Object.entries(columns).map(([column, type]) => ({ name: column, type })),
  indexes: Object.entries(indexes).map(([index, over]) => ({ name: index, over })),
});

const names = fc.constantFrom('a', 'b', 'c', 'd');
const parts = fc.dictionary(names, fc.constantFrom('int', 'text', 'json'));
const schemas: fc.Arbitrary<DatabaseSchema> = fc
  .uniqueArray(fc.tuple(names, parts, parts), { selector: ([name]) => name })
  .map((tables) => ({ tables: tables.map((one) => table(...one)) }));

/** What is left of a schema when neither the order of tables nor that of their parts counts. */
const asRecord = ({ tables }: DatabaseSchema) =>
  Object.fromEntries(
    tables.map(({ name, columns, indexes }) => [
      name,
      {
        column: Object.fromEntries(columns.map((one) => [one.name, one.type])),
        index: Object.fromEntries(indexes.map((one) => [one.name, one.over])),
      },
    ]),
  );

/** The schema after the changes; a table that comes as a whole is taken from where it came from. */
function applied(before: DatabaseSchema, changes: readonly SchemaChange[], after: DatabaseSchema) {
  const result = asRecord(before);
  for (const { what, table: name, name: part, is } of changes) {
    if (what === 'table') {
      delete result[name];
      const whole = after.tables.find((one) => one.name === name);
      Object.assign(result, whole && asRecord({ tables: [whole as TableShape] }));
    } else if (is === null) {
      delete result[name]?.[what][part ?? ''];
    } else {
      Object.assign(result[name]?.[what] ?? {}, { [part ?? '']: is });
    }
  }
  return result;
}

describe('the difference of two schemas', () => {
  it('names tables, columns with their types, and indexes', () => {
    const before = {
      tables: [table('old', { id: 'int' }), table('person', { name: 'varchar(35)', fax: 'text' }, { n: '(name)' })],
    };
    const after = {
      tables: [
        table('new', { id: 'int', at: 'date' }),
        table('person', { name: 'varchar(70)', born: 'date' }, { n: 'unique (name)' }),
      ],
    };
    expect(schemaDiff(before, after)).toEqual([
      { what: 'table', table: 'new', name: null, was: null, is: '2 columns' },
      { what: 'table', table: 'old', name: null, was: '1 column', is: null },
      { what: 'column', table: 'person', name: 'born', was: null, is: 'date' },
      { what: 'column', table: 'person', name: 'fax', was: 'text', is: null },
      { what: 'column', table: 'person', name: 'name', was: 'varchar(35)', is: 'varchar(70)' },
      { what: 'index', table: 'person', name: 'n', was: '(name)', is: 'unique (name)' },
    ]);
  });

  it('is nothing between a schema and itself, in whatever order it is told', () => {
    fc.assert(
      fc.property(schemas, (schema) => {
        const turned = {
          tables: schema.tables.map((one) => ({ ...one, columns: one.columns.toReversed() })).toReversed(),
        };
        expect(schemaDiff(schema, turned)).toEqual([]);
      }),
    );
  });

  it('makes the one into the other', () => {
    fc.assert(
      fc.property(schemas, schemas, (before, after) => {
        expect(applied(before, schemaDiff(before, after), after)).toEqual(asRecord(after));
      }),
    );
  });

  it('is its own mirror the other way round', () => {
    fc.assert(
      fc.property(schemas, schemas, (before, after) => {
        const mirrored = schemaDiff(after, before).map((change) => ({ ...change, was: change.is, is: change.was }));
        expect(mirrored).toEqual(schemaDiff(before, after));
      }),
    );
  });
});
