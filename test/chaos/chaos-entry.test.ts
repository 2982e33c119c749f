import { expect, it } from '@jest/globals';
import { startProgram } from '../support/program.ts';

it('ends with the status that it means, although Postgres would have it 0', async () => {
  const program = startProgram('sim/chaos.ts', ['--only', 'update']);
  expect(await program.ended()).toBe(2);
  expect(program.stderr()).toContain('--only goes with --crash-points or --faults');
}, 60_000);
