import { describe } from '@jest/globals';
import { describeSourceStore } from '../contract/source-store-contract.ts';
import { createMemorySources } from './memory-sources.ts';

describe('sources in memory', () => {
  describeSourceStore(async () => await Promise.resolve(createMemorySources()));
});
