import { spawn } from 'node:child_process';
import type { JestResult } from './verdict.ts';

/** Runs one test file in a tree, as `npm test` would. Throws when Jest said nothing. */
export async function runTest(directory: string, test: string): Promise<JestResult> {
  const jest = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', 'node_modules/jest/bin/jest.js'];
  const options = ['--json', '--runInBand', '--reporters=default', '--forceExit', test];
  const child = spawn(process.execPath, [...jest, ...options], {
    cwd: directory,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [out, errors] = await Promise.all([textOf(child.stdout), textOf(child.stderr)]);
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
