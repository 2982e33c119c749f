import { beforeAll, describe, jest } from '@jest/globals';
import type { Database } from '../../src/store/open.ts';
import { createSchemaMemory } from '../../src/store/schemas.ts';
import { describeSchemaMemory } from '../contract/schema-memory-contract.ts';
import { describeEngines, OPENING_MS } from '../support/database.ts';

// These wait for databases, which a busy machine makes slow.
jest.setTimeout(30_000);

await describeEngines((engine) => {
  let database: Database;
  beforeAll(async () => {
    database = await (await engine.createDatabase()).open();
  }, OPENING_MS);

  describe('schemas', () => {
    describeSchemaMemory(async () => await Promise.resolve(createSchemaMemory(database)));
  });
});
