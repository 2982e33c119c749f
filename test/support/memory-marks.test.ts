import { describe } from '@jest/globals';
import { describeSweepMarks } from '../contract/sweep-marks-contract.ts';
import { createMemoryMarks } from './memory-marks.ts';

describe('marks in memory', () => {
  describeSweepMarks(async () => await Promise.resolve(createMemoryMarks()));
});
