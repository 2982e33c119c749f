import { describe, expect, it } from '@jest/globals';
import { startProgram } from '../support/program.ts';

const TEST_MS = 90_000;
/** A port that nothing can listen on. */
const NOWHERE = 'http://127.0.0.1:1';

describe('npm run demo', () => {
  it.each([
    [['--pr', '99999'], '--pr takes one of 712, 874,'],
    [['--speed', '0'], '--speed takes a number from 1 to 60, not 0'],
    [['--aws-endpoint', 'moto'], '--aws-endpoint takes an address such as http://127.0.0.1:5055, not moto'],
    [['--ful'], "Unknown option '--ful'"],
  ])(
    'ends with 2 and its usage on %j',
    async (args, sentence) => {
      const program = startProgram('sim/demo.ts', args);
      expect(await program.ended()).toBe(2);
      expect(program.stderr()).toContain(sentence);
      expect(program.stderr()).toContain('npm run demo --');
      expect(program.stdout()).toBe('');
    },
    TEST_MS,
  );

  it(
    'ends with 1, one sentence and one document when the other AWS is not there',
    async () => {
      const program = startProgram('sim/demo.ts', ['--aws-endpoint', NOWHERE, '--exit', '--json']);
      expect(await program.ended()).toBe(1);
      const problem = 'Nothing listens at 127.0.0.1:1.';
      expect(program.stderr()).toContain(`The story did not go as it should: ${problem}\n`);
      expect(JSON.parse(program.stdout())).toEqual({ ok: false, problems: [problem] });
    },
    TEST_MS,
  );

  it(
    'ends with 130 on Ctrl-C in the middle of the story, and says so',
    async () => {
      const program = startProgram('sim/demo.ts', ['--exit', '--json']);
      await program.says('labels #1721', 'stderr');
      expect(await program.ended('SIGINT')).toBe(130);
      expect(program.stderr()).toContain('Interrupted: the local cloud goes down.\n');
      expect(program.stdout()).toBe('');
    },
    TEST_MS,
  );
});

describe('--help', () => {
  it.each(['sim/demo.ts', 'sim/local.ts', 'sim/aws.ts'])(
    'of %s is its usage on stdout, and no failure',
    async (path) => {
      const program = startProgram(path, ['--help']);
      expect(await program.ended()).toBe(0);
      expect(program.stdout()).toMatch(/^npm run [\w:]+ -- \[/);
      expect(program.stdout()).toContain('exit status: 0');
      expect(program.stderr()).toBe('');
    },
    TEST_MS,
  );
});
