/** Work that touches the same thing is done in the order in which it was asked for; other work at the same time. */
export interface Turns {
  take(names: readonly string[], work: () => Promise<void>): Promise<void>;
  /** Resolves when nothing waits. Rejects with the first thing that failed since it was last asked. */
  settled(): Promise<void>;
}

export function createTurns(): Turns {
  const last = new Map<string, Promise<void>>();
  let failures: Error[] = [];

  async function drained(): Promise<void> {
    const waited = [...last.values()];
    await Promise.all(waited);
    if ([...last.values()].some((work) => !waited.includes(work))) {
      await drained();
    }
  }

  return {
    async take(names, work) {
      const before = names.map((name) => last.get(name) ?? Promise.resolve());
      const turn = Promise.all(before).then(work);
      const over = turn.catch((error: unknown) => {
        failures.push(error instanceof Error ? error : new Error(String(error)));
      });
      for (const name of names) {
        last.set(name, over);
      }
      await turn;
    },
    async settled() {
      await drained();
      // Whoever took the last turn hears of it now.
      await new Promise(setImmediate);
      const [first] = failures;
      failures = [];
      if (first !== undefined) {
        throw first;
      }
    },
  };
}
