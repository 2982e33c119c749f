/** As much of Jest's `--json` as tells how a run of one file ended. */
export interface JestResult {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: readonly {
    readonly message: string;
    readonly assertionResults: readonly { readonly status: string; readonly failureMessages: readonly string[] }[];
  }[];
}

/**
 * `caught`: a test ran and failed. `missed`: all passed. `not-run`: nothing ran, because the file did not load; that
 * proves nothing of the test.
 */
export type Verdict = { readonly state: 'caught' | 'missed' | 'not-run'; readonly why: string };

export function verdictOn({ numPassedTests, numFailedTests, testResults }: JestResult): Verdict {
  const failures = testResults.flatMap(({ assertionResults }) =>
    assertionResults.flatMap(({ status, failureMessages }) => (status === 'failed' ? failureMessages : [])),
  );
  if (numPassedTests + numFailedTests === 0) {
    return { state: 'not-run', why: firstLine(testResults.map(({ message }) => message).join('\n')) };
  }
  // What cannot be loaded half-way through is no assertion either.
  const isBroken = failures.length > 0 && failures.every((message) => /^(SyntaxError|ReferenceError)/.test(message));
  if (isBroken) {
    return { state: 'not-run', why: firstLine(failures[0] ?? '') };
  }
  return failures.length > 0
    ? { state: 'caught', why: firstLine(failures[0] ?? '') }
    : { state: 'missed', why: `${numPassedTests} tests passed` };
}

function firstLine(message: string): string {
  // oxlint-disable-next-line no-control-regex -- ESC is the very character to be found
  const plain = message.replace(/\u001B\[[0-9;]*m/g, '');
  return (plain.split('\n').find((line) => line.trim() !== '') ?? '').trim().slice(0, 120);
}
