import { expect, it } from '@jest/globals';
import { createKeyedTurns } from '../../src/store/keyed-turns.ts';

it('lets work for one key begin when the work before it has ended, and other keys at once', async () => {
  const turns = createKeyedTurns();
  const gate = Promise.withResolvers<void>();
  const said: string[] = [];
  const first = turns.take('a', async () => {
    said.push('a begins');
    await gate.promise;
    said.push('a ends');
  });
  const second = turns.take('a', async () => void said.push('a again'));

  await turns.take('b', async () => void said.push('b'));
  gate.resolve();
  await Promise.all([first, second]);

  expect(said).toEqual(['a begins', 'b', 'a ends', 'a again']);
});

it('goes on after work that throws, and hands its error to its own caller', async () => {
  const turns = createKeyedTurns();
  const broken = turns.take('a', async () => {
    throw new Error('broken');
  });
  const next = turns.take('a', async () => 'fine');

  await expect(broken).rejects.toThrow('broken');
  await expect(next).resolves.toBe('fine');
});

it('is settled when all work has ended, also what came meanwhile', async () => {
  const turns = createKeyedTurns();
  const said: string[] = [];
  void turns.take('a', async () => {
    void turns.take('a', async () => void said.push('late'));
  });

  await turns.settled();

  expect(said).toEqual(['late']);
});
