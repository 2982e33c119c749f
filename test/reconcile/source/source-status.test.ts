import { expect, it } from '@jest/globals';
import { readSourceStatus } from '../../../src/reconcile/source/source-status.ts';
import { createSourceWorld, snapshot } from '../../support/source-world.ts';

it('says what is in service, what is under way and waits for what, and what became of what was asked', async () => {
  const world = createSourceWorld();
  expect(await readSourceStatus(world.store)).toEqual({ inService: null, underWay: null, others: [], requests: [] });

  await world.store.ask({ kind: 'refresh', askedBy: 'octocat', askedAt: world.now() });
  await world.settle();
  world.snapshots = [snapshot('2026-11-21')];
  world.pass(60);
  await world.store.ask({ kind: 'refresh', askedBy: 'hubot', askedAt: world.now() });
  await world.look();

  const { inService, underWay, others, requests } = await readSourceStatus(world.store);
  expect(inService).toMatchObject({ state: 'in-service', day: '2026-11-20', askedBy: 'octocat', message: '' });
  expect(underWay).toMatchObject({ state: 'restoring', day: '2026-11-21', message: 'the cluster (creating)' });
  expect(others).toEqual([]);
  expect(requests.map(({ outcome }) => outcome)).toEqual([
    `${underWay?.id} is under way: restoring`,
    `${inService?.id} was put in service`,
  ]);
});
