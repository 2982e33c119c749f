import { expect, it } from '@jest/globals';
import { startProgram } from '../../support/program.ts';

it('ends with the status that it means, although Postgres would have it 0', async () => {
  const program = startProgram('sim/load.ts', ['--rate', 'none']);
  expect(await program.ended()).toBe(2);
  expect(program.stderr()).toContain('--rate takes a number from 1 to 5000, not none');
}, 60_000);
