import {
  CreateClusterCommand,
  DeleteClusterCommand,
  DeleteServiceCommand,
  DescribeClustersCommand,
  ListTagsForResourceCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-ecs';
import { describe, expect, it } from '@jest/globals';
import { inventoryOf } from '../../../../sim/aws/ecs/inventory.ts';
import { createService, isStable, registerTaskDefinition, startPlatform } from './platform.ts';

const cluster = 'main';

describe('a cluster', () => {
  it('is the same one when it is created again, and MISSING when there is none', async () => {
    const { ecs } = await startPlatform();

    const { cluster: again } = await ecs.send(new CreateClusterCommand({ clusterName: 'main' }));
    const described = await ecs.send(new DescribeClustersCommand({ clusters: ['main', 'other'] }));

    expect(described.clusters?.map(({ clusterArn }) => clusterArn)).toEqual([again?.clusterArn]);
    expect(described.failures).toEqual([
      { arn: 'arn:aws:ecs:eu-west-1:123456789012:cluster/other', reason: 'MISSING' },
    ]);
  });

  it('is not deleted while it has services or tasks', async () => {
    const platform = await startPlatform();
    await registerTaskDefinition(platform);
    await createService(platform);
    await platform.until(async () => await isStable(platform));
    await expect(platform.ecs.send(new DeleteClusterCommand({ cluster }))).rejects.toMatchObject({
      name: 'ClusterContainsServicesException',
    });

    await platform.ecs.send(new DeleteServiceCommand({ cluster, service: 'web', force: true }));
    platform.clock.advance(3);
    await expect(platform.ecs.send(new DeleteClusterCommand({ cluster }))).rejects.toMatchObject({
      name: 'ClusterContainsTasksException',
    });
    platform.clock.advance(60);

    const { cluster: gone } = await platform.ecs.send(new DeleteClusterCommand({ cluster }));
    expect(gone?.status).toBe('INACTIVE');
    await expect(createService(platform)).rejects.toMatchObject({ name: 'ClusterNotFoundException' });
  });
});

describe('tags', () => {
  it('are added and taken away on services, and refused on what is not there', async () => {
    const platform = await startPlatform();
    await registerTaskDefinition(platform);
    const { serviceArn: resourceArn = '' } = await createService(platform, { tags: [{ key: 'A', value: '1' }] });

    await platform.ecs.send(
      new TagResourceCommand({ resourceArn, tags: [{ key: 'TTL', value: '2026-11-29T22:40:00Z' }] }),
    );
    await platform.ecs.send(new UntagResourceCommand({ resourceArn, tagKeys: ['A'] }));

    const { tags } = await platform.ecs.send(new ListTagsForResourceCommand({ resourceArn }));
    expect(tags).toEqual([{ key: 'TTL', value: '2026-11-29T22:40:00Z' }]);
    platform.clock.advance(60);
    expect(new Map(platform.world.tagIndex.entries()).get(resourceArn)).toEqual({ TTL: '2026-11-29T22:40:00Z' });
    await expect(
      platform.ecs.send(new ListTagsForResourceCommand({ resourceArn: `${resourceArn}-other` })),
    ).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    await expect(platform.ecs.send(new ListTagsForResourceCommand({ resourceArn: 'web' }))).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
  });

  it('stay in the tag index for a while after their service has gone', async () => {
    const platform = await startPlatform();
    await registerTaskDefinition(platform);
    const tags = [{ key: 'Environment', value: 'pr-7' }];
    const { serviceArn = '' } = await createService(platform, { desiredCount: 0, tags });
    platform.clock.advance(60);
    await platform.ecs.send(new DeleteServiceCommand({ cluster, service: 'web' }));
    platform.clock.advance(60);
    const indexed = () => new Map(platform.world.tagIndex.entries()).has(serviceArn);

    expect(indexed()).toBe(true);
    platform.clock.advance(7200);
    expect(indexed()).toBe(false);
  });
});

it('lists cluster, service, task and task definition for the account page', async () => {
  const platform = await startPlatform();
  await registerTaskDefinition(platform);
  await createService(platform);
  await platform.until(async () => await isStable(platform));

  const kinds = inventoryOf(platform.world).map(({ kind, name, status }) => [
    kind,
    kind === 'task' ? '' : name,
    status,
  ]);

  expect(kinds).toEqual([
    ['cluster', 'main', 'ACTIVE'],
    ['service', 'web', 'ACTIVE'],
    ['task', '', 'RUNNING'],
    ['task definition', 'web:1', 'ACTIVE'],
  ]);
});
