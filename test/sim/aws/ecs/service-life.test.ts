import {
  DeleteServiceCommand,
  DescribeServicesCommand,
  ListServicesCommand,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs';
import { DescribeTargetHealthCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { describe, expect, it } from '@jest/globals';
import { setBehaviour } from '../../../../sim/aws/ecs/behaviour.ts';
import {
  allTasks,
  createService,
  createTargetGroup,
  isStable,
  messagesOf,
  type Platform,
  registerTaskDefinition,
  serviceNamed,
  startPlatform,
} from './platform.ts';

const nameless = { cluster: 'main', service: 'web' };

async function startBehindLoadBalancer(platform: Platform, options: { deregistrationDelay?: number } = {}) {
  await registerTaskDefinition(platform);
  const targetGroupArn = await createTargetGroup(platform, options);
  await createService(platform, {
    loadBalancers: [{ targetGroupArn, containerName: 'web', containerPort: 8080 }],
    deploymentConfiguration: { deploymentCircuitBreaker: { enable: true, rollback: true } },
  });
  return targetGroupArn;
}

async function statesIn({ elb }: Platform, TargetGroupArn: string): Promise<(string | undefined)[]> {
  const { TargetHealthDescriptions = [] } = await elb.send(new DescribeTargetHealthCommand({ TargetGroupArn }));
  return TargetHealthDescriptions.map(({ TargetHealth }) => TargetHealth?.State);
}

describe('a service', () => {
  it('completes its first deployment only when its task passes the health checks', async () => {
    const platform = await startPlatform();
    const targetGroupArn = await startBehindLoadBalancer(platform);

    await platform.until(async () => (await serviceNamed(platform)).runningCount === 1);
    expect((await serviceNamed(platform)).deployments?.[0]?.rolloutState).toBe('IN_PROGRESS');
    await platform.until(async () => await isStable(platform));

    expect(await statesIn(platform, targetGroupArn)).toEqual(['healthy']);
    const events = messagesOf(await serviceNamed(platform));
    expect(events[0]).toBe('(service web) has reached a steady state.');
    expect(events[1]).toMatch(/^\(service web\) \(deployment ecs-svc\/\d{19}\) deployment completed\.$/);
    expect(events.at(-1)).toMatch(/^\(service web\) has started 1 tasks: \(task [0-9a-f]{32}\)\.$/);
  });

  it('keeps the old task until the new one is healthy, and lets it drain for the deregistration delay', async () => {
    const platform = await startPlatform();
    const targetGroupArn = await startBehindLoadBalancer(platform, { deregistrationDelay: 60 });
    await platform.until(async () => await isStable(platform));
    const taskDefinition = await registerTaskDefinition(platform);

    await platform.ecs.send(new UpdateServiceCommand({ ...nameless, taskDefinition }));

    let fewestHealthy = 1;
    await platform.until(async () => {
      const states = await statesIn(platform, targetGroupArn);
      fewestHealthy = Math.min(fewestHealthy, states.filter((state) => state === 'healthy').length);
      return states.includes('draining');
    });
    const drainingSince = platform.clock.now().getTime();
    expect(fewestHealthy).toBe(1);
    expect((await serviceNamed(platform)).deployments?.map(({ status }) => status)).toEqual(['PRIMARY', 'ACTIVE']);

    await platform.until(async () => await isStable(platform));
    const drained = (platform.clock.now().getTime() - drainingSince) / 1000;
    expect(drained).toBeGreaterThanOrEqual(56);
    expect(drained).toBeLessThanOrEqual(70);
    expect((await serviceNamed(platform)).taskDefinition).toBe(taskDefinition);
  });

  it('gets a new deployment by force and none by scaling', async () => {
    const platform = await startPlatform();
    await registerTaskDefinition(platform);
    await createService(platform);
    await platform.until(async () => await isStable(platform));
    const [first] = (await serviceNamed(platform)).deployments ?? [];

    await platform.ecs.send(new UpdateServiceCommand({ ...nameless, desiredCount: 3 }));
    await platform.until(async () => (await serviceNamed(platform)).runningCount === 3);
    expect((await serviceNamed(platform)).deployments?.[0]?.id).toBe(first?.id);

    await platform.ecs.send(new UpdateServiceCommand({ ...nameless, forceNewDeployment: true }));
    expect((await serviceNamed(platform)).deployments?.[0]?.id).not.toBe(first?.id);
    await platform.until(async () => await isStable(platform));
  });

  it('replaces a task that its load balancer finds unhealthy', async () => {
    const platform = await startPlatform();
    const targetGroupArn = await startBehindLoadBalancer(platform);
    await platform.until(async () => await isStable(platform));
    const [before] = await allTasks(platform);

    setBehaviour(platform.world, { image: '*/web:1', statusByPath: { '/health': 503 } });
    await platform.until(async () => (await statesIn(platform, targetGroupArn)).includes('draining'));
    setBehaviour(platform.world, { image: '*/web:1' });

    const after = await allTasks(platform);
    const old = after.find(({ taskArn }) => taskArn === before?.taskArn);
    expect(old?.stoppedReason).toBe(`Task failed ELB health checks in (target-group ${targetGroupArn})`);
    expect(messagesOf(await serviceNamed(platform))).toContainEqual(
      expect.stringMatching(
        /\(port 8080\) is unhealthy in .* due to \(reason Health checks failed with these codes: \[503\]\)/,
      ),
    );
    await platform.until(async () => await isStable(platform));
    expect((await allTasks(platform))[0]?.taskArn).not.toBe(before?.taskArn);
  });

  it('passes over failing health checks during its grace period', async () => {
    const platform = await startPlatform();
    await registerTaskDefinition(platform);
    const targetGroupArn = await createTargetGroup(platform);
    setBehaviour(platform.world, { image: '*/web:1', startDelaySeconds: 90 });

    await createService(platform, {
      loadBalancers: [{ targetGroupArn, containerName: 'web', containerPort: 8080 }],
      healthCheckGracePeriodSeconds: 120,
    });
    await platform.until(async () => await isStable(platform));

    expect(await allTasks(platform)).toHaveLength(1);
  });
});

describe('deleting a service', () => {
  it('is refused while it is scaled above 0, unless forced', async () => {
    const platform = await startPlatform();
    await registerTaskDefinition(platform);
    await createService(platform);

    await expect(platform.ecs.send(new DeleteServiceCommand(nameless))).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: 'The service cannot be stopped while it is scaled above 0.',
    });
    await platform.ecs.send(new UpdateServiceCommand({ ...nameless, desiredCount: 0 }));
    const { service } = await platform.ecs.send(new DeleteServiceCommand(nameless));
    expect(service?.status).toBe('DRAINING');
  });

  it('drains for the deregistration delay, holds the name until INACTIVE, and then gives it back', async () => {
    const platform = await startPlatform();
    const targetGroupArn = await startBehindLoadBalancer(platform, { deregistrationDelay: 90 });
    await platform.until(async () => await isStable(platform));

    await platform.ecs.send(new DeleteServiceCommand({ ...nameless, force: true }));

    expect((await platform.ecs.send(new ListServicesCommand({ cluster: 'main' }))).serviceArns).toEqual([]);
    platform.clock.advance(80);
    expect((await serviceNamed(platform)).status).toBe('DRAINING');
    await expect(createService(platform)).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: 'Unable to Start a service that is still Draining.',
    });
    await expect(platform.ecs.send(new UpdateServiceCommand({ ...nameless, desiredCount: 1 }))).rejects.toMatchObject({
      name: 'ServiceNotActiveException',
    });

    platform.clock.advance(20);
    expect((await serviceNamed(platform)).status).toBe('INACTIVE');
    expect(await statesIn(platform, targetGroupArn)).toEqual([]);
    const revived = await createService(platform);
    expect(revived.status).toBe('ACTIVE');
    expect((await allTasks(platform))[0]?.lastStatus).toBe('PROVISIONING');
  });

  it('is not found once it is INACTIVE, and its description is forgotten after a while', async () => {
    const platform = await startPlatform();
    await registerTaskDefinition(platform);
    await createService(platform, { desiredCount: 0 });
    await platform.ecs.send(new DeleteServiceCommand(nameless));
    platform.clock.advance(1);

    await expect(platform.ecs.send(new DeleteServiceCommand(nameless))).rejects.toMatchObject({
      name: 'ServiceNotFoundException',
    });
    platform.clock.advance(4000);

    const described = await platform.ecs.send(new DescribeServicesCommand({ cluster: 'main', services: ['web'] }));
    expect(described.services).toEqual([]);
    expect(described.failures).toEqual([
      { arn: 'arn:aws:ecs:eu-west-1:123456789012:service/main/web', reason: 'MISSING' },
    ]);
  });

  it('leaves no task, no target and no address behind', async () => {
    const platform = await startPlatform();
    await startBehindLoadBalancer(platform);
    platform.clock.advance(30);

    await platform.ecs.send(new DeleteServiceCommand({ ...nameless, force: true }));
    platform.clock.advance(60);

    expect((await allTasks(platform)).map(({ lastStatus }) => lastStatus)).toEqual(['STOPPED']);
    expect(platform.world.ec2.networkInterfaces.size).toBe(0);
    expect(platform.world.ecs.tasksByIp.size).toBe(0);
  });
});

it('describes at most ten services in one call', async () => {
  const platform = await startPlatform();
  const services = Array.from({ length: 11 }, (_, index) => `web-${index}`);

  await expect(platform.ecs.send(new DescribeServicesCommand({ cluster: 'main', services }))).rejects.toMatchObject({
    name: 'InvalidParameterException',
  });
});
