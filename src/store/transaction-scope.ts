import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * Knows whether code runs inside a transaction of this database. PGlite has one connection: a statement that is sent
 * beside the transaction that its caller has open waits for that transaction, which waits for its caller, for ever.
 */
export interface TransactionScope {
  run<T>(work: () => Promise<T>): Promise<T>;
  /** Throws when the caller is inside a transaction that is still open. */
  assertOutside(what: string): void;
}

export function createTransactionScope(): TransactionScope {
  const current = new AsyncLocalStorage<{ open: boolean }>();
  return {
    async run(work) {
      const scope = { open: true };
      try {
        return await current.run(scope, work);
      } finally {
        // Work that was started inside and goes on afterwards is free again.
        scope.open = false;
      }
    },
    assertOutside(what) {
      if (current.getStore()?.open) {
        throw new Error(`${what} inside a transaction would wait for that transaction for ever: use what it was given`);
      }
    },
  };
}
