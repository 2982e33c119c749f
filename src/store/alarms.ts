/** Timers by key, one each: setting one again replaces it. They never keep the process alive. */
export interface Alarms {
  set(key: string, milliseconds: number): void;
  clear(): void;
}

/** Node runs a longer timeout at once. What is due later than that (24 days) is found by polling. */
const LONGEST_MS = 2 ** 31 - 1;

export function createAlarms(ring: () => void): Alarms {
  const timers = new Map<string, NodeJS.Timeout>();
  return {
    set(key, milliseconds) {
      clearTimeout(timers.get(key));
      timers.delete(key);
      if (milliseconds <= LONGEST_MS) {
        const timer = setTimeout(() => {
          timers.delete(key);
          ring();
        }, milliseconds);
        timer.unref();
        timers.set(key, timer);
      }
    },
    clear() {
      for (const timer of timers.values()) {
        clearTimeout(timer);
      }
      timers.clear();
    },
  };
}
