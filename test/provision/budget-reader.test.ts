import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createSteppedClock } from '../../sim/clock.ts';
import { type BudgetKind, type BudgetReading, budgetLimits } from '../../src/domain/budget.ts';
import { createBudgetReader } from '../../src/provision/aws/budget-reader.ts';
import { seedStage } from '../contract/cloud-stage.ts';
import { type LocalCloud, startLocalCloud } from '../contract/local-cloud.ts';
import { plantRule, SPECIMENS } from '../contract/specimens.ts';
import { createScene } from '../contract/stage.ts';
import { describeWithMoto, startMoto } from '../support/moto.ts';

const limits = budgetLimits({ listenerRules: 120, listenerCertificates: 30 });
let cloud: LocalCloud;

beforeAll(async () => {
  cloud = await startLocalCloud();
}, 60_000);
afterAll(async () => {
  await cloud.close();
});

async function read(kind: BudgetKind, heard: BudgetReading[] = []): Promise<BudgetReading | undefined> {
  const { sourceIdentifier, loadBalancerArn } = cloud.platform;
  const reader = createBudgetReader({ clients: cloud.mayflyClients, limits, onRead: (reading) => heard.push(reading) });
  const [reading] = await reader.read([{ kind, of: kind === 'clones' ? sourceIdentifier : loadBalancerArn }]);
  return reading;
}

describe('a budget as AWS shows it', () => {
  it('has every clone of the source by its identifier, and not the source', async () => {
    expect(await read('clones')).toMatchObject({ limit: 15, items: [] });
    const scene = createScene(cloud);
    const clone = await SPECIMENS['clone-cluster'].desire(scene);
    await scene.settle(clone);

    expect(await read('clones')).toMatchObject({ items: [clone.name] });
  });

  it('has no clones of a source that is not there', async () => {
    const reader = createBudgetReader({ clients: cloud.mayflyClients, limits });
    expect(await reader.read([{ kind: 'clones', of: 'mayfly-renamed' }])).toMatchObject([{ items: [] }]);
  });

  it('has every rule of the load balancer by its listener and hosts, whosever it is, and no default', async () => {
    const before = (await read('listener-rules'))?.items ?? [];
    const scene = createScene(cloud);
    const rule = await SPECIMENS['listener-rule'].desire(scene);
    await scene.settle(rule);
    const other = createScene(cloud);
    const theirs = await SPECIMENS['listener-rule'].desire(other);
    await plantRule(other, theirs, 41_000);

    const now = await read('listener-rules');
    expect(now?.limit).toBe(120);
    expect(now?.items.toSorted()).toEqual(
      [...before, ...[rule, theirs].map(({ spec }) => `${spec.listenerArn} ${spec.hosts.join(' ')}`)].toSorted(),
    );
    expect((await read('target-groups'))?.items).toContain((await SPECIMENS['target-group'].desire(scene)).name);
  });

  it('has every certificate of a listener by its first name, but for the default', async () => {
    const before = (await read('listener-certificates'))?.items ?? [];
    const scene = createScene(cloud);
    const wanted = await SPECIMENS['listener-certificate'].desire(scene);
    await scene.settle(wanted);
    const { spec } = await SPECIMENS.certificate.desire(scene);

    expect(await read('listener-certificates')).toMatchObject({
      limit: 30,
      items: [...before, `${wanted.spec.listenerArn} ${spec.domainName.toLowerCase()}`],
    });
  });

  it('is told of, each time it was read', async () => {
    const heard: BudgetReading[] = [];
    expect(heard).toEqual([await read('clones', heard)]);
  });
});

// moto says TargetGroupNotFound of it, as the API reference of DescribeTargetGroups allows.
describeWithMoto('the budget of a load balancer that nobody uses yet, on moto', () => {
  it('is all there', async () => {
    const moto = await startMoto();
    const stage = await seedStage({
      url: moto.url,
      clock: createSteppedClock({ startAt: new Date() }),
      pause: async () => await Promise.resolve(),
      loseAnswers: undefined,
      close: async () => await moto.stop(),
    });
    try {
      const reader = createBudgetReader({ clients: stage.mayflyClients, limits });
      const of = stage.platform.loadBalancerArn;
      expect(await reader.read([{ kind: 'target-groups', of }])).toMatchObject([{ limit: 100, items: [] }]);
      await expect(reader.read([{ kind: 'target-groups', of: `${of}-gone` }])).rejects.toThrow('Part of the platform');
    } finally {
      await stage.close();
    }
  }, 60_000);
});
