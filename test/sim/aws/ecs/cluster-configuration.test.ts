import {
  CreateClusterCommand,
  DescribeClustersCommand,
  PutClusterCapacityProvidersCommand,
  UpdateClusterCommand,
  UpdateClusterSettingsCommand,
} from '@aws-sdk/client-ecs';
import { describe, expect, it } from '@jest/globals';
import { startPlatform } from './platform.ts';

const enabled = { name: 'containerInsights', value: 'enabled' } as const;
const disabled = { name: 'containerInsights', value: 'disabled' } as const;
const spot = { capacityProvider: 'FARGATE_SPOT', weight: 1, base: 0 };

async function start() {
  const { ecs } = await startPlatform();
  const describeCluster = async (clusterName: string) => {
    const { clusters } = await ecs.send(
      new DescribeClustersCommand({ clusters: [clusterName], include: ['SETTINGS', 'CONFIGURATIONS'] }),
    );
    return clusters?.[0];
  };
  return { ecs, describeCluster };
}

describe('a cluster', () => {
  it('has the settings it was made with, or Container Insights disabled', async () => {
    const { ecs, describeCluster } = await start();
    const configuration = { executeCommandConfiguration: { logging: 'DEFAULT' as const } };
    await ecs.send(new CreateClusterCommand({ clusterName: 'watched', settings: [enabled], configuration }));

    expect(await describeCluster('watched')).toMatchObject({ settings: [enabled], configuration });
    expect(await describeCluster('main')).toMatchObject({ settings: [disabled] });
  });

  it('tells settings and configuration only to those who ask', async () => {
    const { ecs } = await start();
    const { clusters } = await ecs.send(new DescribeClustersCommand({ clusters: ['main'] }));

    expect(clusters?.[0]).toMatchObject({ clusterName: 'main', settings: [] });
    expect(clusters?.[0]?.configuration).toBeUndefined();
  });

  it('keeps on an update what the update does not name', async () => {
    const { ecs, describeCluster } = await start();
    const configuration = { executeCommandConfiguration: { logging: 'NONE' as const } };
    await ecs.send(new UpdateClusterSettingsCommand({ cluster: 'main', settings: [enabled] }));
    await ecs.send(new UpdateClusterCommand({ cluster: 'main', configuration }));

    expect(await describeCluster('main')).toMatchObject({ settings: [enabled], configuration });
    const settings = [{ ...enabled, value: 'sometimes' }];
    await expect(ecs.send(new UpdateClusterCommand({ cluster: 'main', settings }))).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
  });

  it('has the capacity providers put last, and a strategy of those alone', async () => {
    const { ecs, describeCluster } = await start();
    const put = async (capacityProviders: string[], defaultCapacityProviderStrategy = [spot]) =>
      await ecs.send(
        new PutClusterCapacityProvidersCommand({
          cluster: 'main',
          capacityProviders,
          defaultCapacityProviderStrategy,
        }),
      );
    await put(['FARGATE', 'FARGATE_SPOT']);
    const kept = { capacityProviders: ['FARGATE', 'FARGATE_SPOT'], defaultCapacityProviderStrategy: [spot] };

    expect(await describeCluster('main')).toMatchObject(kept);
    await expect(put(['FARGATE'])).rejects.toMatchObject({ name: 'InvalidParameterException' });
    await expect(put(['OTHER'], [])).rejects.toMatchObject({ name: 'InvalidParameterException' });
    expect(await describeCluster('main')).toMatchObject(kept);
    await put([], []);
    expect(await describeCluster('main')).toMatchObject({ capacityProviders: [] });
  });
});
