import { isUnderWay, type SourceVersion } from '../../src/domain/source.ts';
import type { SourceRequestKind } from '../../src/reconcile/source/source-store.ts';
import { openDatabase } from '../../src/store/open.ts';
import { createSourceStore } from '../../src/store/sources.ts';
import { type Stage, until } from './production.ts';

/** Where an operator asks for a source, and sees what became of it. */
export interface Desk {
  /** Asks, and resolves with what was said in the end. */
  ask(kind: SourceRequestKind): Promise<string>;
  inService(): Promise<SourceVersion | undefined>;
  newest(): Promise<SourceVersion | undefined>;
  close(): Promise<void>;
}

export async function openDesk({ cloud }: Pick<Stage, 'cloud'>, databaseUrl: string): Promise<Desk> {
  const database = await openDatabase({ databaseUrl, dataDir: '' });
  const store = createSourceStore(database);
  return {
    async ask(kind) {
      const { id } = await store.ask({ kind, askedBy: 'operator', askedAt: cloud.clock.now() });
      let outcome = '';
      await until({ cloud }, `the ${kind}`, async () => {
        const asked = (await store.requests()).find((request) => request.id === id);
        outcome = asked?.outcome ?? '';
        return Boolean(asked?.settledAt) && !(await store.versions()).some(isUnderWay);
      });
      return outcome;
    },
    inService: async () => await store.inService(),
    newest: async () => (await store.versions())[0],
    close: async () => await database.close(),
  };
}
