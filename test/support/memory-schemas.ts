import type {
  CloneNotes,
  CloneRef,
  SchemaMemory,
  SourceDatabase,
  SourceKnowledge,
} from '../../src/reconcile/database/schema-memory.ts';

/** Schemas that end with the test. */
export function createMemorySchemas(): SchemaMemory {
  const sources = new Map<string, { readonly of: SourceDatabase; readonly known: SourceKnowledge }>();
  const clones = new Map<string, CloneNotes>();
  const keyOf = ({ source, database, table }: SourceDatabase) => JSON.stringify([source, database, table]);
  const cloneKey = ({ environmentId, life, key }: CloneRef) => JSON.stringify([environmentId, life, key]);
  const found = (of: SourceDatabase) => structuredClone(sources.get(keyOf(of))?.known);
  return {
    async history(of) {
      const known = found(of);
      return await Promise.resolve(known && { history: known.history, seenAt: known.seenAt });
    },
    schema: async (of) => await Promise.resolve(found(of)?.schema),
    async learn(of, known) {
      sources.set(keyOf(of), structuredClone({ of, known }));
      const alike = [...sources.values()]
        .filter((other) => other.of.database === of.database && other.of.table === of.table)
        .toSorted((a, b) => b.known.seenAt.getTime() - a.known.seenAt.getTime());
      for (const old of alike.slice(10)) {
        sources.delete(keyOf(old.of));
      }
      await Promise.resolve();
    },
    notes: async (clone) => await Promise.resolve(structuredClone(clones.get(cloneKey(clone)))),
    note: async (clone, notes) => await Promise.resolve(void clones.set(cloneKey(clone), structuredClone(notes))),
  };
}
