import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { JestResult } from './verdict.ts';

/**
 * Runs one test file in a tree, as `npm test` would. Throws when Jest said nothing, and once `signal` is aborted; then
 * Jest has ended, and the servers that it had started with it.
 */
export async function runTest({
  directory,
  test,
  signal,
}: {
  directory: string;
  test: string;
  signal: AbortSignal;
}): Promise<JestResult> {
  signal.throwIfAborted();
  const jest = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', 'node_modules/jest/bin/jest.js'];
  const options = ['--json', '--runInBand', '--reporters=default', '--forceExit', test];
  const child = spawn(process.execPath, [...jest, ...options], {
    cwd: directory,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const end = (): boolean => child.kill();
  signal.addEventListener('abort', end);
  const [out, errors] = await Promise.all([textOf(child.stdout), textOf(child.stderr), once(child, 'close')]);
  signal.removeEventListener('abort', end);
  signal.throwIfAborted();
  try {
    return JSON.parse(out.slice(out.indexOf('{'))) as JestResult;
  } catch (error) {
    throw new Error(`jest ${test} said nothing that can be read: ${errors.slice(0, 2000)}`, { cause: error });
  }
}

async function textOf(stream: AsyncIterable<Buffer>): Promise<string> {
  let text = '';
  for await (const chunk of stream) {
    text += chunk.toString();
  }
  return text;
}
