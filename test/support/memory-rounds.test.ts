import { describe } from '@jest/globals';
import { describeRoundMemory } from '../contract/round-memory-contract.ts';
import { createMemoryRounds } from './memory-rounds.ts';

describe('a memory of rounds in memory', () => {
  describeRoundMemory(async (takenIn) => await Promise.resolve(createMemoryRounds(new Set([takenIn]))));
});
