/** Work for one key one after the other, in the order it came; different keys at once. */
export interface KeyedTurns {
  take<T>(key: string, work: () => Promise<T>): Promise<T>;
  /** Resolves when nothing is being done or waited for. */
  settled(): Promise<void>;
}

export function createKeyedTurns(): KeyedTurns {
  const last = new Map<string, Promise<unknown>>();
  return {
    async take(key, work) {
      const mine = (last.get(key) ?? Promise.resolve()).then(work);
      const ended = mine.catch(() => undefined);
      last.set(key, ended);
      try {
        return await mine;
      } finally {
        if (last.get(key) === ended) {
          last.delete(key);
        }
      }
    },
    async settled() {
      while (last.size > 0) {
        await Promise.all(last.values());
      }
    },
  };
}
