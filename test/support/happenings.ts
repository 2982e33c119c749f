/** What happened, in order, and a way to wait for it without sleeping. */
export interface Happenings<T> {
  readonly all: readonly T[];
  record(happening: T): void;
  /** Resolves once the predicate holds; it is asked now and after each happening. */
  until(predicate: (all: readonly T[]) => boolean): Promise<void>;
}

export function createHappenings<T>(): Happenings<T> {
  const all: T[] = [];
  const waiting = new Set<() => void>();
  return {
    all,
    record(happening) {
      all.push(happening);
      for (const ask of waiting) {
        ask();
      }
    },
    async until(predicate) {
      await new Promise<void>((resolve) => {
        const ask = () => {
          if (predicate(all)) {
            waiting.delete(ask);
            resolve();
          }
        };
        waiting.add(ask);
        ask();
      });
    },
  };
}
