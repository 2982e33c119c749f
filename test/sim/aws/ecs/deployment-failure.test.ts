import { CloudWatchLogsClient, DeleteLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs';
import { type CreateServiceCommandInput, UpdateServiceCommand } from '@aws-sdk/client-ecs';
import { describe, expect, it } from '@jest/globals';
import { addImage } from '../../../../sim/aws/ecr/pushing.ts';
import { setBehaviour } from '../../../../sim/aws/ecs/behaviour.ts';
import { failureThreshold } from '../../../../sim/aws/ecs/circuit-breaker.ts';
import { createLogGroup } from '../../../../sim/aws/logs/log-groups.ts';
import {
  allTasks,
  createService,
  createTargetGroup,
  isStable,
  messagesOf,
  type Platform,
  registerTaskDefinition,
  registry,
  serviceNamed,
  startPlatform,
  webContainer,
} from './platform.ts';

const breaker: Partial<CreateServiceCommandInput> = {
  deploymentConfiguration: { deploymentCircuitBreaker: { enable: true, rollback: true } },
};

const hasFailed = async (platform: Platform) =>
  (await serviceNamed(platform)).deployments?.some(({ rolloutState }) => rolloutState === 'FAILED') ?? false;

describe('a deployment whose tasks crash', () => {
  it('fails after three of them, stays failed without tasks, and says so', async () => {
    const platform = await startPlatform();
    await registerTaskDefinition(platform);
    setBehaviour(platform.world, { image: '*/web:1', crash: { exitCode: 3, lines: ['Fatal: no configuration'] } });
    await createService(platform, breaker);

    await platform.until(async () => await hasFailed(platform));
    platform.clock.advance(3000);

    const service = await serviceNamed(platform);
    expect(service).toMatchObject({ status: 'ACTIVE', desiredCount: 1, runningCount: 0, pendingCount: 0 });
    expect(service.deployments).toMatchObject([
      {
        status: 'PRIMARY',
        rolloutState: 'FAILED',
        rolloutStateReason: 'ECS deployment circuit breaker: tasks failed to start.',
        failedTasks: 3,
        desiredCount: 0,
      },
    ]);
    expect(messagesOf(service)).toContainEqual(expect.stringMatching(/deployment failed: tasks failed to start\.$/));
    const tasks = await allTasks(platform);
    expect(tasks).toHaveLength(3);
    for (const task of tasks) {
      expect(task).toMatchObject({
        stopCode: 'EssentialContainerExited',
        stoppedReason: 'Essential container in task exited',
        containers: [{ exitCode: 3 }],
      });
    }
  });

  it('is rolled back to the last completed one, and the service is stable on the old task definition', async () => {
    const platform = await startPlatform();
    const good = await registerTaskDefinition(platform);
    await createService(platform, breaker);
    await platform.until(async () => await isStable(platform));
    addImage(platform.world, 'web', '2');
    setBehaviour(platform.world, { image: '*/web:2', crash: {} });
    const bad = await registerTaskDefinition(platform, {
      containerDefinitions: [{ ...webContainer, image: `${registry}/web:2` }],
    });

    await platform.ecs.send(new UpdateServiceCommand({ cluster: 'main', service: 'web', taskDefinition: bad }));
    await platform.until(async () => await hasFailed(platform));

    const rolling = await serviceNamed(platform);
    expect(rolling.runningCount).toBe(1);
    expect(rolling.deployments?.[0]).toMatchObject({
      status: 'PRIMARY',
      taskDefinition: good,
      rolloutStateReason: expect.stringMatching(
        /^ECS deployment circuit breaker: rolling back to deploymentId ecs-svc\//,
      ),
    });
    await platform.until(async () => await isStable(platform));
    const settled = await serviceNamed(platform);
    expect(settled.taskDefinition).toBe(good);
    expect(messagesOf(settled)).toContainEqual(expect.stringMatching(/rolling back to \(deployment ecs-svc\/\d+\)\.$/));
  });

  it('is tried for ever without a circuit breaker, at longer and longer intervals', async () => {
    const platform = await startPlatform();
    await registerTaskDefinition(platform);
    setBehaviour(platform.world, { image: '*/web:1', crash: {} });
    await createService(platform);

    platform.clock.advance(3600);
    const inTheFirstHour = (await serviceNamed(platform)).deployments?.[0]?.failedTasks ?? 0;
    platform.clock.advance(3600);

    const service = await serviceNamed(platform);
    const inTheSecond = (service.deployments?.[0]?.failedTasks ?? 0) - inTheFirstHour;
    expect(service.deployments?.[0]?.rolloutState).toBe('IN_PROGRESS');
    expect(inTheFirstHour).toBeGreaterThan(5);
    expect(inTheSecond).toBeGreaterThan(0);
    expect(inTheSecond).toBeLessThan(inTheFirstHour);
    expect(messagesOf(service)).toContainEqual(expect.stringMatching(/is unable to consistently start tasks/));
  });

  it('fails as well when its tasks run but never pass the health checks', async () => {
    const platform = await startPlatform();
    await registerTaskDefinition(platform);
    const targetGroupArn = await createTargetGroup(platform);
    setBehaviour(platform.world, { image: '*/web:1', statusByPath: { '/health': 500 } });
    await createService(platform, {
      ...breaker,
      loadBalancers: [{ targetGroupArn, containerName: 'web', containerPort: 8080 }],
    });

    await platform.until(async () => await hasFailed(platform));

    const reasons = (await allTasks(platform)).map(({ stoppedReason }) => stoppedReason);
    expect(new Set(reasons)).toEqual(new Set([`Task failed ELB health checks in (target-group ${targetGroupArn})`]));
  });
});

describe('a task that cannot start', () => {
  it('names the image that does not exist', async () => {
    const platform = await startPlatform();
    await registerTaskDefinition(platform, {
      containerDefinitions: [{ ...webContainer, image: `${registry}/web:pr-abcdef1` }],
    });
    await createService(platform, breaker);
    await platform.until(async () => await hasFailed(platform));

    const [task] = await allTasks(platform);
    expect(task).toMatchObject({ stopCode: 'TaskFailedToStart' });
    expect(task?.stoppedReason).toMatch(/^CannotPullContainerError: .*web:pr-abcdef1: not found$/);
    expect(task?.containers?.[0]?.reason).toBe(task?.stoppedReason);
    expect(task?.startedAt).toBeUndefined();
  });

  it('starts once the image is there', async () => {
    const platform = await startPlatform();
    await registerTaskDefinition(platform, {
      containerDefinitions: [{ ...webContainer, image: `${registry}/web:late` }],
    });
    await createService(platform);
    platform.clock.advance(40);
    addImage(platform.world, 'web', 'late');

    await platform.until(async () => await isStable(platform));
  });

  it('pulls images of other registries without looking', async () => {
    const platform = await startPlatform();
    await registerTaskDefinition(platform, {
      containerDefinitions: [{ ...webContainer, image: 'public.ecr.aws/nginx/nginx:stable' }],
    });
    await createService(platform);

    await platform.until(async () => await isStable(platform));
  });

  const logConfiguration = {
    logDriver: 'awslogs' as const,
    options: { 'awslogs-group': '/pr-1/web', 'awslogs-region': 'eu-west-1', 'awslogs-stream-prefix': 'web' },
  };

  it('says that its log group does not exist', async () => {
    const platform = await startPlatform();
    await registerTaskDefinition(platform, { containerDefinitions: [{ ...webContainer, logConfiguration }] });
    await createService(platform, breaker);
    await platform.until(async () => await hasFailed(platform));

    const [task] = await allTasks(platform);
    expect(task?.stoppedReason).toMatch(
      /^ResourceInitializationError: .*ResourceNotFoundException: The specified log group does not exist/,
    );
  });

  it('makes the log group when its driver is told to', async () => {
    const platform = await startPlatform();
    const options = { ...logConfiguration.options, 'awslogs-create-group': 'true' };
    await registerTaskDefinition(platform, {
      containerDefinitions: [{ ...webContainer, logConfiguration: { logDriver: 'awslogs', options } }],
    });
    await createService(platform);

    await platform.until(async () => await isStable(platform));
    expect([...platform.world.logs.groups.keys()]).toEqual(['/pr-1/web']);
  });

  it('brings no log group back by stopping after it was deleted', async () => {
    const platform = await startPlatform();
    createLogGroup(platform.world, { logGroupName: '/pr-1/web' });
    await registerTaskDefinition(platform, { containerDefinitions: [{ ...webContainer, logConfiguration }] });
    await createService(platform);
    await platform.until(async () => await isStable(platform));

    const logs = new CloudWatchLogsClient(platform.client);
    await logs.send(new DeleteLogGroupCommand({ logGroupName: '/pr-1/web' }));
    setBehaviour(platform.world, { image: '*/web:1', crash: { lines: ['too late'] } });
    await platform.ecs.send(new UpdateServiceCommand({ cluster: 'main', service: 'web', desiredCount: 0 }));
    platform.clock.advance(60);

    expect(platform.world.logs.groups.size).toBe(0);
  });
});

describe('the threshold of the circuit breaker', () => {
  it.each([
    { desired: 1, threshold: 3, reason: 'never below 3' },
    { desired: 6, threshold: 3, reason: 'half of it' },
    { desired: 25, threshold: 13, reason: 'rounded up' },
    { desired: 1000, threshold: 200, reason: 'never above 200' },
  ])('is $threshold of $desired tasks: $reason', ({ desired, threshold }) => {
    expect(failureThreshold(desired, { enable: true, rollback: true })).toBe(threshold);
  });

  it('is whatever was set as a count', () => {
    const thresholdConfiguration = { type: 'COUNT' as const, value: 1 };
    expect(failureThreshold(10, { enable: true, rollback: false, thresholdConfiguration })).toBe(1);
  });
});
