import type { Publication, PublicationKind, PublicationMemory } from '../../src/reconcile/reporter.ts';

export interface TestMemory extends PublicationMemory {
  readonly known: Map<PublicationKind, Publication>;
  /** The next `put` throws, as when the process dies between a call and its record. */
  crashOn: PublicationKind | undefined;
}

export function createTestMemory(): TestMemory {
  const known = new Map<PublicationKind, Publication>();
  return {
    known,
    crashOn: undefined,
    get: async (kind) => await Promise.resolve(known.get(kind)),
    async put(kind, publication) {
      if (this.crashOn === kind) {
        this.crashOn = undefined;
        throw new Error('killed');
      }
      known.set(kind, publication);
      await Promise.resolve();
    },
  };
}
