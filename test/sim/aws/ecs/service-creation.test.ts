import { DeregisterTaskDefinitionCommand, DescribeServicesCommand, ListServicesCommand } from '@aws-sdk/client-ecs';
import { CreateTargetGroupCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { describe, expect, it } from '@jest/globals';
import { createService, createTargetGroup, registerTaskDefinition, startPlatform } from './platform.ts';

const loadBalancersFor = (targetGroupArn: string) => [{ targetGroupArn, containerName: 'web', containerPort: 8080 }];

describe('CreateService', () => {
  it('refuses a target group that no rule of a load balancer forwards to', async () => {
    const platform = await startPlatform();
    await registerTaskDefinition(platform);
    const targetGroupArn = await createTargetGroup(platform, { attached: false });

    await expect(createService(platform, { loadBalancers: loadBalancersFor(targetGroupArn) })).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: `The target group with targetGroupArn ${targetGroupArn} does not have an associated load balancer.`,
    });
    expect((await platform.ecs.send(new ListServicesCommand({ cluster: 'main' }))).serviceArns).toEqual([]);
  });

  it('refuses a target group of instances, one that does not exist, and a container or port that is not there', async () => {
    const platform = await startPlatform();
    await registerTaskDefinition(platform);
    const { TargetGroups } = await platform.elb.send(
      new CreateTargetGroupCommand({ Name: 'vms', Protocol: 'HTTP', Port: 80, VpcId: platform.vpcId }),
    );
    const instances = TargetGroups?.[0]?.TargetGroupArn ?? '';
    const good = await createTargetGroup(platform);
    const missing = good.replace('/web/', '/gone/');

    for (const [loadBalancer, reason] of [
      [{ targetGroupArn: instances, containerName: 'web', containerPort: 8080 }, /target type instance/],
      [{ targetGroupArn: missing, containerName: 'web', containerPort: 8080 }, /Unable to assume role and validate/],
      [{ targetGroupArn: good, containerName: 'nginx', containerPort: 8080 }, /container nginx does not exist/],
      [{ targetGroupArn: good, containerName: 'web', containerPort: 81 }, /did not have a container port 81 defined/],
    ] as const) {
      await expect(createService(platform, { loadBalancers: [loadBalancer] })).rejects.toThrow(reason);
    }
  });

  it('refuses a cluster, a task definition, a subnet and a security group that are not there', async () => {
    const platform = await startPlatform();
    await registerTaskDefinition(platform);

    await expect(createService(platform, { cluster: 'other' })).rejects.toMatchObject({
      name: 'ClusterNotFoundException',
    });
    await expect(createService(platform, { taskDefinition: 'web:7' })).rejects.toMatchObject({
      name: 'ClientException',
      message: 'TaskDefinition not found.',
    });
    const awsvpcConfiguration = { subnets: ['subnet-0'] };
    await expect(createService(platform, { networkConfiguration: { awsvpcConfiguration } })).rejects.toThrow(
      /The subnet ID 'subnet-0' does not exist/,
    );
    const withGroup = { subnets: platform.subnets, securityGroups: ['sg-0'] };
    await expect(createService(platform, { networkConfiguration: { awsvpcConfiguration: withGroup } })).rejects.toThrow(
      /The security group 'sg-0' does not exist/,
    );
  });

  it.each([
    [
      'both a launch type and a capacity provider',
      { capacityProviderStrategy: [{ capacityProvider: 'FARGATE_SPOT' }] },
      /not supported/,
    ],
    ['no network', { networkConfiguration: undefined }, /Network Configuration must be provided/],
    [
      'a grace period without a load balancer',
      { healthCheckGracePeriodSeconds: 30 },
      /only valid for services configured to use load balancers/,
    ],
    ['a role', { role: 'ecsServiceRole' }, /cannot specify an IAM role/],
    ['a name with a dot', { serviceName: 'web.1' }, /Service name must contain only/],
    ['a token of 37 characters', { clientToken: 'x'.repeat(37) }, /clientToken must have 1 to 36/],
    ['a tag with a character AWS refuses', { tags: [{ key: 'Branch', value: 'feature#1' }] }, /not allowed/],
  ])('refuses %s', async (_what, changes, reason) => {
    const platform = await startPlatform();
    await registerTaskDefinition(platform);

    const creation = createService(platform, changes as Partial<Parameters<typeof createService>[1]>);

    await expect(creation).rejects.toMatchObject({ name: 'InvalidParameterException' });
    await expect(createService(platform, changes as Partial<Parameters<typeof createService>[1]>)).rejects.toThrow(
      reason,
    );
  });

  it('refuses a task definition that was deregistered', async () => {
    const platform = await startPlatform();
    const taskDefinition = await registerTaskDefinition(platform);
    await platform.ecs.send(new DeregisterTaskDefinitionCommand({ taskDefinition }));

    await expect(createService(platform, { taskDefinition })).rejects.toMatchObject({
      name: 'ClientException',
      message: 'TaskDefinition is inactive',
    });
  });

  it('returns the service for the same request again and refuses a different one of its name', async () => {
    const platform = await startPlatform();
    await registerTaskDefinition(platform);
    const first = await createService(platform, { clientToken: 'once' });

    const again = await createService(platform, { clientToken: 'once' });

    expect(again.deployments?.[0]?.id).toBe(first.deployments?.[0]?.id);
    await expect(createService(platform, { desiredCount: 2 })).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: 'Creation of service was not idempotent.',
    });
  });

  it('propagates no tags to tasks by default, and shows its own only when asked', async () => {
    const platform = await startPlatform();
    await registerTaskDefinition(platform);

    const service = await createService(platform, { tags: [{ key: 'Environment', value: 'pr-1' }] });

    expect(service.propagateTags).toBe('NONE');
    const describe = { cluster: 'main', services: ['web'] };
    const plain = await platform.ecs.send(new DescribeServicesCommand(describe));
    expect(plain.services?.[0]?.tags ?? []).toEqual([]);
    const full = await platform.ecs.send(new DescribeServicesCommand({ ...describe, include: ['TAGS'] }));
    expect(full.services?.[0]?.tags).toEqual([{ key: 'Environment', value: 'pr-1' }]);
    const [task] = platform.world.ecs.tasks.values();
    expect(task?.tags).toEqual({});
  });
});
