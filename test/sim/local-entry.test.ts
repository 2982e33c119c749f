import { existsSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { describe, expect, it } from '@jest/globals';
import { startProgram } from '../support/program.ts';

const START_MS = 30_000;
const TEST_MS = 90_000;

const dataDirs = (): string[] => readdirSync(tmpdir()).filter((name) => name.startsWith('mayfly-local-'));

describe('npm run local', () => {
  it(
    'shows its page within half a minute, and leaves nothing behind on Ctrl-C',
    async () => {
      const before = dataDirs();
      const began = performance.now();
      const program = startProgram('sim/local.ts', ['--port', '0', '--speed', '20']);
      const greeting = await program.says('Ctrl-C');
      const url = /http:\/\/127\.0\.0\.1:\d+/.exec(greeting)?.[0] ?? '';
      const response = await fetch(url);
      expect(response.status).toBe(200);
      expect(performance.now() - began).toBeLessThan(START_MS);
      expect(await response.text()).toContain('value="20" checked');
      const stream = await fetch(`${url}/events`);
      expect(stream.status).toBe(200);
      expect(await program.ended('SIGINT')).toBe(0);
      await stream.body?.cancel().catch(() => undefined);
      expect(program.stderr()).toBe('');
      expect(dataDirs().filter((name) => !before.includes(name))).toEqual([]);
      expect(existsSync(`/proc/${program.pid}/cmdline`)).toBe(false);
    },
    TEST_MS,
  );

  it.each([
    [['--speed', '301'], '--speed takes a number from 1 to 300, not 301'],
    [['--port', '70000'], '--port takes a whole number from 0 to 65535, not 70000'],
  ])(
    'ends with 2 and its usage on %j',
    async (args, sentence) => {
      const program = startProgram('sim/local.ts', args);
      expect(await program.ended()).toBe(2);
      expect(program.stderr()).toContain(sentence);
      expect(program.stderr()).toContain('npm run local --');
    },
    TEST_MS,
  );
});
