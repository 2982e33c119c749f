import { describe, expect, it } from '@jest/globals';
import { allEnded, onceEach } from '../../../src/reconcile/graph/visits.ts';

describe('visits', () => {
  it('are made once for each key, and answer all who ask', async () => {
    const visited: string[] = [];
    const visit = onceEach(async ({ key }: { key: string }) => await Promise.resolve(visited.push(key)));

    const answers = await Promise.all([{ key: 'a' }, { key: 'b' }, { key: 'a' }].map(visit));

    expect(answers).toEqual([1, 2, 1]);
    expect(visited).toEqual(['a', 'b']);
  });

  it('all end before the first error is thrown', async () => {
    const slow = Promise.withResolvers<string>();
    let thrown: unknown;
    const ended = allEnded([Promise.reject(new Error('one')), slow.promise]).catch((error: unknown) => {
      thrown = error;
    });
    await new Promise(setImmediate);
    expect(thrown).toBeUndefined();

    slow.resolve('two');
    await ended;
    expect(thrown).toEqual(new Error('one'));
  });
});
