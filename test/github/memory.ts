import type { Publication, PublicationKind, PublicationMemory } from '../../src/reconcile/reporter.ts';

export interface TestMemory extends PublicationMemory {
  readonly known: Map<PublicationKind, Publication>;
  /** The next `put` of what GitHub was told throws, as when the process dies between a call and its record. */
  crashOn: PublicationKind | undefined;
}

export function createTestMemory(): TestMemory {
  const known = new Map<PublicationKind, Publication>();
  return {
    known,
    crashOn: undefined,
    get: async (kind) => await Promise.resolve(known.get(kind)),
    async put(kind, publication) {
      if (this.crashOn === kind && !isBeginning(kind, publication)) {
        this.crashOn = undefined;
        throw new Error('killed');
      }
      known.set(kind, publication);
      await Promise.resolve();
    },
  };
}

/** Whether it says that GitHub is about to be told something, and not that it was. A deployment itself says nothing. */
function isBeginning(kind: PublicationKind, { externalId, digest }: Publication): boolean {
  return externalId === '' || (kind !== 'deployment' && digest === '');
}
