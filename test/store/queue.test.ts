import type { Database } from '../../src/store/open.ts';
import { createWorkQueue } from '../../src/store/queue.ts';
import { createStore } from '../../src/store/store.ts';
import { describeQueue } from '../contract/queue-contract.ts';
import { describeEngines } from '../support/database.ts';

await describeEngines((engine) => {
  const crowd = engine.name === 'PGlite' ? 1 : 2;
  describeQueue(
    async () => {
      const shared = await engine.createDatabase();
      const first = await shared.open();
      const databases: Database[] = crowd === 1 ? [first] : [first, await shared.open()];
      return {
        store: createStore({ database: first }),
        createQueue: ({ process, ...options }) =>
          createWorkQueue({ database: databases[process] ?? first, ...options }),
      };
    },
    { crowd },
  );
});
