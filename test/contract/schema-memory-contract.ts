import { beforeAll, expect, it } from '@jest/globals';
import type { CloneNotes, SchemaMemory, SourceKnowledge } from '../../src/reconcile/database/schema-memory.ts';

const NOON = Date.parse('2026-11-20T12:00:00Z');

function knowledge(seconds: number, ids: readonly string[] = ['1']): SourceKnowledge {
  const columns = [{ name: 'naïve 🐝 "`', type: 'varchar(35) not null' }];
  return {
    history: { ids, floor: null },
    schema: { tables: [{ name: 'person', columns, indexes: [{ name: 'PRIMARY', over: 'unique (id)' }] }] },
    seenAt: new Date(NOON + seconds * 1000),
  };
}

/** What every `SchemaMemory` does. The tests follow each other on one memory. */
export function describeSchemaMemory(open: () => Promise<SchemaMemory>): void {
  let memory: SchemaMemory;
  beforeAll(async () => {
    memory = await open();
  });
  const of = { source: 'source-1', database: 'shop', table: 'migrations' };
  const clone = { environmentId: 'acme/shop#7', life: 1, key: 'clone-cluster' };

  it('knows nothing of what nobody saw', async () => {
    expect([await memory.history(of), await memory.schema(of), await memory.notes(clone)]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('keeps what was learned as it was given, apart by source, database and table', async () => {
    const { history, schema, seenAt } = knowledge(0);
    await memory.learn(of, knowledge(0));
    for (const other of [{ source: 'source-2' }, { database: 'other' }, { table: 'other' }]) {
      expect(await memory.history({ ...of, ...other })).toBeUndefined();
    }
    expect(await memory.history(of)).toEqual({ history, seenAt });
    expect(await memory.schema(of)).toEqual(schema);
  });

  it('believes the newest look, also where it found no table of the tool', async () => {
    await memory.learn(of, { ...knowledge(1), history: null });
    expect(await memory.history(of)).toEqual({ history: null, seenAt: new Date(NOON + 1000) });
    await memory.learn(of, knowledge(2, ['1', '2']));
    expect(await memory.history(of)).toMatchObject({ history: { ids: ['1', '2'] } });
  });

  it('forgets all but the ten sources that were seen last, of this database and table alone', async () => {
    await memory.learn({ ...of, database: 'elsewhere' }, knowledge(3));
    for (let number = 3; number <= 13; number++) {
      await memory.learn({ ...of, source: `source-${number}` }, knowledge(number));
    }
    expect(await memory.history(of)).toBeUndefined();
    expect(await memory.history({ ...of, source: 'source-3' })).toBeUndefined();
    expect(await memory.history({ ...of, source: 'source-4' })).toBeDefined();
    expect(await memory.history({ ...of, source: 'source-13' })).toBeDefined();
    expect(await memory.history({ ...of, database: 'elsewhere' })).toBeDefined();
  });

  it('keeps the notes on each clone of each life apart, the newest of each', async () => {
    const first: CloneNotes = { before: true, lookedAfter: null, difference: null };
    const changes = [{ what: 'table', table: 'x', name: null, was: null, is: '1 column' }] as const;
    const second: CloneNotes = { before: true, lookedAfter: 'abc', difference: { sha: 'abc', changes, count: 1 } };
    await memory.note(clone, first);
    await memory.note({ ...clone, key: 'clone-cluster/2' }, first);
    await memory.note(clone, second);
    expect(await memory.notes(clone)).toEqual(second);
    expect(await memory.notes({ ...clone, key: 'clone-cluster/2' })).toEqual(first);
    expect(await memory.notes({ ...clone, life: 2 })).toBeUndefined();
  });
}
