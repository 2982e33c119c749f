import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { applied } from '../../tools/mutations/apply.ts';
import { MUTATIONS } from '../../tools/mutations/mutations.ts';
import { parseOptions } from '../../tools/mutations/options.ts';
import { verdictOn } from '../../tools/mutations/verdict.ts';
import { startProgram } from '../support/program.ts';

const root = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const testResult = (status: string, ...failureMessages: string[]) => ({
  numPassedTests: status === 'passed' ? 1 : 0,
  numFailedTests: status === 'failed' ? 1 : 0,
  testResults: [{ message: failureMessages.join('\n'), assertionResults: [{ status, failureMessages }] }],
});

describe('the mutations', () => {
  it.each(MUTATIONS.map((mutation) => [mutation.file, mutation.breaks, mutation] as const))(
    'in %s change what is there once: %s',
    (file, _breaks, mutation) => {
      const source = readFileSync(root(file), 'utf8');
      expect(applied(mutation, source)).not.toBe(source);
      expect(existsSync(root(mutation.test))).toBe(true);
    },
  );

  it('break each of the thirteen statements, which have a test file each', () => {
    const files = readdirSync(root('test/invariants')).filter((file) => file.endsWith('.test.ts'));
    const broken = new Set(MUTATIONS.map(({ test }) => test.replace('test/invariants/', '')));
    expect(files).toHaveLength(13);
    expect([...broken].toSorted()).toEqual(files.toSorted());
  });
});

describe('a mutation', () => {
  it.each(['a b', 'a a'])('whose text is not there once is an error, as in %j', (source) => {
    const mutation = { file: 'src/x.ts', text: source === 'a b' ? 'c' : 'a', becomes: 'd' };
    expect(() => applied(mutation, source)).toThrow('src/x.ts holds');
  });

  it.each([
    ['caught', testResult('failed', 'Error: expect(received).toBe(expected)'), 'an assertion failed'],
    ['missed', testResult('passed'), 'all is as before'],
    ['not-run', { numPassedTests: 0, numFailedTests: 0, testResults: [] }, 'the file did not load'],
    ['not-run', testResult('failed', 'ReferenceError: x is not defined'), 'the mutation does not make sense'],
  ])('is %s by %j: %s', (state, result) => {
    expect(verdictOn(result).state).toBe(state);
  });
});

describe('the options', () => {
  it('take statements by number', () => {
    expect(parseOptions(['--only', '4', '--only', '11,13', '--json'])).toEqual({ json: true, only: [4, 11, 13] });
    expect(() => parseOptions(['--only', '14'])).toThrow('1 to 13');
  });
});

describe('npm run mutations', () => {
  let temporary: string;

  beforeEach(() => {
    temporary = mkdtempSync(join(tmpdir(), 'mayfly-test-'));
  });
  afterEach(() => rmSync(temporary, { recursive: true, force: true }));

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)(
    'leaves no copy of the tree behind on %s, and ends with %d',
    async (signal, status) => {
      const program = startProgram('tools/mutations.ts', ['--only', '1'], { TMPDIR: temporary });
      await program.says(`in ${temporary}`);
      expect(await program.ended(signal)).toBe(status);
      expect(program.stderr()).toBe('');
      expect(readdirSync(temporary).filter((name) => name.startsWith('mayfly-mutations-'))).toEqual([]);
    },
    60_000,
  );
});
