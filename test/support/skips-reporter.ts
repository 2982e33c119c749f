interface FileResult {
  readonly testResults: readonly { readonly status: string; readonly title: string }[];
}

/** One line for each reason, with the number of files in which something was skipped for it. */
export function skipLines(files: readonly FileResult[]): string[] {
  const reasons = files.flatMap(({ testResults }) => [
    ...new Set(testResults.filter(({ status }) => status === 'pending').map(({ title }) => title)),
  ]);
  return [...Map.groupBy(reasons, (reason) => reason)].map(
    ([reason, { length }]) => `Skipped in ${length} ${length === 1 ? 'file' : 'files'}: ${reason}`,
  );
}

/** Jest counts what was skipped without saying why. A reporter of Jest's: it makes one with its configuration. */
// oxlint-disable-next-line import/no-default-export -- Jest takes no other
export default class SkipsReporter {
  readonly #isChoice: boolean;

  /** Whoever names tests with `-t` skips the others on purpose. */
  constructor({ testNamePattern = '' }: { testNamePattern?: string }) {
    this.#isChoice = testNamePattern !== '';
  }

  onRunComplete(_: unknown, { testResults }: { testResults: readonly FileResult[] }): void {
    const lines = this.#isChoice ? [] : skipLines(testResults);
    if (lines.length > 0) {
      process.stderr.write(`${lines.join('\n')}\n\n`);
    }
  }
}
