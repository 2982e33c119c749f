import { fileURLToPath } from 'node:url';
import { interruption } from './mutations/interruption.ts';
import { MUTATIONS, type Mutation } from './mutations/mutations.ts';
import { parseOptions } from './mutations/options.ts';
import { runTest } from './mutations/run-test.ts';
import { type Verdict, verdictOn } from './mutations/verdict.ts';
import { createWorkingCopy, type WorkingCopy } from './mutations/working-copy.ts';

// Breaks the code that holds each of the thirteen statements, one mutation at a time, and demands that its test fails.

interface Outcome extends Mutation {
  readonly verdict: Verdict;
}

const { json, only } = parseOptions(process.argv.slice(2));
const mutations = MUTATIONS.filter(({ statement }) => only.length === 0 || only.includes(statement));

function tell(line: string): void {
  if (!json) {
    process.stdout.write(`${line}\n`);
  }
}

async function run(test: string, { directory }: WorkingCopy): Promise<Verdict> {
  return verdictOn(await runTest({ directory, test, signal: interrupted.signal }));
}

/** Test files that fail without any mutation: what they catch proves nothing. */
async function failingUnmutated(copy: WorkingCopy): Promise<string[]> {
  const failing: string[] = [];
  for (const test of new Set(mutations.map((mutation) => mutation.test))) {
    const { state, why } = await run(test, copy);
    if (state !== 'missed') {
      failing.push(test);
      tell(`${test} fails unmutated: ${why}`);
    }
  }
  return failing;
}

/** Resolves with the exit status. */
async function tryAll(copy: WorkingCopy): Promise<number> {
  const failing = await failingUnmutated(copy);
  const outcomes: Outcome[] = [];
  for (const mutation of mutations) {
    const verdict = await copy.mutated(mutation, async () => await run(mutation.test, copy));
    outcomes.push({ ...mutation, verdict });
    tell(`${verdict.state.padEnd(7)} ${String(mutation.statement).padStart(2)} ${mutation.file}: ${mutation.breaks}`);
    if (verdict.state !== 'caught') {
      tell(`           ${verdict.why}`);
    }
  }
  const caught = outcomes.filter(({ verdict }) => verdict.state === 'caught').length;
  tell(`${caught} of ${outcomes.length} caught`);
  if (json) {
    process.stdout.write(`${JSON.stringify({ mutations: outcomes.length, caught, failing, outcomes }, null, 2)}\n`);
  }
  return caught === outcomes.length && failing.length === 0 ? 0 : 1;
}

const interrupted = interruption(process);
const copy = await createWorkingCopy(fileURLToPath(new URL('..', import.meta.url)));
try {
  interrupted.signal.throwIfAborted();
  tell(`${mutations.length} mutations in ${copy.directory}`);
  process.exitCode = await tryAll(copy);
} catch (error) {
  if (interrupted.status() === undefined) {
    throw error;
  }
} finally {
  await copy.remove();
  process.exitCode = interrupted.status() ?? process.exitCode;
}
