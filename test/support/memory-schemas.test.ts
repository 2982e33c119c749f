import { describe } from '@jest/globals';
import { describeSchemaMemory } from '../contract/schema-memory-contract.ts';
import { createMemorySchemas } from './memory-schemas.ts';

describe('schemas in memory', () => {
  describeSchemaMemory(async () => await Promise.resolve(createMemorySchemas()));
});
