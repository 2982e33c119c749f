import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Database } from '../../src/store/open.ts';
import { createSourceStore } from '../../src/store/sources.ts';
import { createStore } from '../../src/store/store.ts';
import { describeSourceStore } from '../contract/source-store-contract.ts';
import { describeEngines, OPENING_MS } from '../support/database.ts';
import { environmentRecord, resourceRecord } from '../support/environment-record.ts';

// These wait for databases, which a busy machine makes slow.
jest.setTimeout(30_000);

await describeEngines((engine) => {
  let database: Database;
  beforeAll(async () => {
    database = await (await engine.createDatabase()).open();
  }, OPENING_MS);

  describe('sources', () => {
    describeSourceStore(async () => await Promise.resolve(createSourceStore(database)));
  });

  it('names the live environments whose database is a clone of a source', async () => {
    const store = createStore({ database });
    const spec = { sourceIdentifier: 'source-1' };
    for (const [number, state] of [
      [1, 'ready'],
      [2, 'asked'],
      [3, 'gone'],
    ] as const) {
      const record = environmentRecord(number);
      await store.transaction(async (transaction) => await transaction.saveEnvironment(record));
      const row = resourceRecord('clone-cluster', { kind: 'clone-cluster', spec, state });
      await store.saveResource(record.identity.id, record.life, row);
    }
    const sources = createSourceStore(database);
    expect(await sources.clonesOf('source-1')).toEqual([1, 2].map((number) => environmentRecord(number).identity.id));
    expect(await sources.clonesOf('source-2')).toEqual([]);
  });
});
