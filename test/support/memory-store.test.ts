import { describe } from '@jest/globals';
import { describeStore } from '../contract/store-contract.ts';
import { createMemoryStore } from './memory-store.ts';

describe('the store that forgets', () => {
  describeStore(async () => {
    const store = createMemoryStore();
    const enqueued = new Set<string>();
    return {
      store,
      async enqueued() {
        for (const id of store.takeEnqueued()) {
          enqueued.add(id);
        }
        return [...enqueued];
      },
      replies: async () => store.replies,
    };
  });
});
