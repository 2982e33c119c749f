import { CreateLogGroupCommand, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  DeregisterTaskDefinitionCommand,
  ListTaskDefinitionsCommand,
  RegisterTaskDefinitionCommand,
} from '@aws-sdk/client-ecs';
import { describe, expect, it } from '@jest/globals';
import { createAwsClients } from '../../../src/provision/aws/clients.ts';
import { createLeftovers, dedicatedClusterName } from '../../../tools/environment/leftovers.ts';
import { startSteppedAws } from '../../support/aws-simulator.ts';

const place = { platform: 'nonprod', name: 'payments' };
const insights = (cluster: string): string => `/aws/ecs/containerinsights/${cluster}/performance`;
const own = { EphemeralEnv: 'true', ManagedBy: 'mayfly', Environment: 'payments' };

async function start() {
  const { client } = await startSteppedAws({ rateLimits: false });
  const clients = createAwsClients(client);
  return {
    leftovers: createLeftovers(clients),
    async addGroup(logGroupName: string, tags?: Record<string, string>) {
      await clients.logs.send(new CreateLogGroupCommand({ logGroupName, tags }));
    },
    async groups() {
      const { logGroups = [] } = await clients.logs.send(new DescribeLogGroupsCommand({}));
      return logGroups.map(({ logGroupName }) => logGroupName);
    },
    /** A revision that was deregistered, as Terraform leaves it. */
    async addRevision(family: string, tags: Record<string, string>) {
      const { taskDefinition } = await clients.ecs.send(
        new RegisterTaskDefinitionCommand({
          family,
          containerDefinitions: [{ name: 'web', image: 'x:1' }],
          requiresCompatibilities: ['FARGATE'],
          networkMode: 'awsvpc',
          cpu: '256',
          memory: '512',
          tags: Object.entries(tags).map(([key, value]) => ({ key, value })),
        }),
      );
      await clients.ecs.send(
        new DeregisterTaskDefinitionCommand({ taskDefinition: taskDefinition?.taskDefinitionArn }),
      );
    },
    async inactive() {
      const { taskDefinitionArns = [] } = await clients.ecs.send(
        new ListTaskDefinitionsCommand({ status: 'INACTIVE' }),
      );
      return taskDefinitionArns.map((arn) => arn.split('/').at(-1));
    },
  };
}

describe('what is left of a destroyed environment', () => {
  it('is gone: groups that were written anew, without tags, and its own with them', async () => {
    const { leftovers, addGroup, groups } = await start();
    await addGroup('/mayfly/nonprod/payments/web');
    await addGroup('/mayfly/nonprod/payments/api', own);
    await addGroup(insights(dedicatedClusterName(place)));
    expect(await leftovers.remove(place)).toHaveLength(3);
    expect(await groups()).toEqual([]);
    expect(await leftovers.remove(place)).toEqual([]);
  });

  it('is nothing of another environment, nor the group of the shared cluster', async () => {
    const { leftovers, addGroup, groups } = await start();
    const others = [
      insights('nonprod'),
      insights(`${dedicatedClusterName(place)}-2`),
      '/mayfly/nonprod/payments-2/web',
      '/mayfly/prod/payments/web',
    ];
    for (const name of others) {
      await addGroup(name);
    }
    await addGroup('/mayfly/nonprod/payments/kept', { ...own, Environment: 'shop-7' });
    expect(await leftovers.remove(place)).toEqual([]);
    expect(new Set(await groups())).toEqual(new Set([...others, '/mayfly/nonprod/payments/kept']));
  });

  it('is no deregistered revision that its tags prove its own', async () => {
    const { leftovers, addRevision, inactive } = await start();
    await addRevision('nonprod-payments-web-29da9c64', own);
    await addRevision('nonprod-payments-2-web-11111111', { ...own, Environment: 'payments-2' });
    expect(await leftovers.remove(place)).toEqual(['nonprod-payments-web-29da9c64:1']);
    expect(await inactive()).toEqual(['nonprod-payments-2-web-11111111:1']);
  });

  it('is looked for under the name that Terraform gives a cluster of its own', () => {
    // The same name stands in infra/modules/environment/tests.
    expect(dedicatedClusterName(place)).toBe('nonprod-payments-2275a110');
  });
});
