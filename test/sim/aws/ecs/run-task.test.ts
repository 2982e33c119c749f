import {
  DescribeTasksCommand,
  ListTasksCommand,
  RunTaskCommand,
  type RunTaskCommandInput,
  StopTaskCommand,
  type Task,
} from '@aws-sdk/client-ecs';
import { describe, expect, it } from '@jest/globals';
import { setBehaviour } from '../../../../sim/aws/ecs/behaviour.ts';
import { allTasks, type Platform, registerTaskDefinition, startPlatform } from './platform.ts';

async function runTask(platform: Platform, changes: Partial<RunTaskCommandInput> = {}): Promise<Task> {
  const { tasks = [] } = await platform.ecs.send(
    new RunTaskCommand({
      cluster: 'main',
      taskDefinition: 'web',
      launchType: 'FARGATE',
      networkConfiguration: { awsvpcConfiguration: { subnets: platform.subnets } },
      ...changes,
    }),
  );
  return tasks[0] ?? {};
}

async function statusesOf(platform: Platform, taskArn = ''): Promise<string[]> {
  const seen: string[] = [];
  for (let second = 0; second < 200 && seen.at(-1) !== 'STOPPED'; second++) {
    const { tasks = [] } = await platform.ecs.send(new DescribeTasksCommand({ cluster: 'main', tasks: [taskArn] }));
    const status = tasks[0]?.lastStatus ?? 'MISSING';
    if (status !== seen.at(-1)) {
      seen.push(status);
    }
    platform.clock.advance(1);
  }
  return seen;
}

describe('a task of its own', () => {
  it('goes through every state and ends with exit code 0', async () => {
    const platform = await startPlatform();
    await registerTaskDefinition(platform);
    const { taskArn } = await runTask(platform, { startedBy: 'migrations' });

    expect(await statusesOf(platform, taskArn)).toEqual([
      'PROVISIONING',
      'PENDING',
      'ACTIVATING',
      'RUNNING',
      'DEPROVISIONING',
      'STOPPED',
    ]);
    expect((await allTasks(platform))[0]).toMatchObject({
      startedBy: 'migrations',
      group: 'family:web',
      stopCode: 'EssentialContainerExited',
      containers: [{ exitCode: 0 }],
    });
  });

  it('ends with the exit code its image was told, for the command it was told it for', async () => {
    const platform = await startPlatform();
    await registerTaskDefinition(platform);
    setBehaviour(platform.world, { image: '*/web:*', command: 'migrate *', oneOffExitCode: 2, oneOffSeconds: 5 });

    const overrides = { containerOverrides: [{ name: 'web', command: ['migrate', '--all'] }] };
    const migration = await runTask(platform, { overrides });
    const other = await runTask(platform);
    platform.clock.advance(120);

    const tasks = await allTasks(platform);
    const exitOf = ({ taskArn }: Task) => tasks.find((task) => task.taskArn === taskArn)?.containers?.[0]?.exitCode;
    expect([exitOf(migration), exitOf(other)]).toEqual([2, 0]);
  });

  it('has a private address in one of its subnets once it is provisioned', async () => {
    const platform = await startPlatform();
    await registerTaskDefinition(platform);
    const asked = await runTask(platform);
    expect(asked.attachments?.[0]?.details?.map(({ name }) => name)).toEqual(['subnetId']);

    platform.clock.advance(15);

    const tasks = await allTasks(platform);
    const [{ privateIp, subnetId } = { privateIp: '', subnetId: '' }] = platform.world.ec2.networkInterfaces.values();
    expect(platform.subnets).toContain(subnetId);
    expect(tasks).toMatchObject([
      {
        attachments: [
          {
            type: 'ElasticNetworkInterface',
            status: 'ATTACHED',
            details: expect.arrayContaining([
              { name: 'subnetId', value: subnetId },
              { name: 'privateIPv4Address', value: privateIp },
            ]),
          },
        ],
        containers: [{ networkInterfaces: [{ privateIpv4Address: privateIp }] }],
      },
    ]);
  });

  it('is stopped by StopTask with exit code 143 and the reason given', async () => {
    const platform = await startPlatform();
    await registerTaskDefinition(platform);
    const { taskArn } = await runTask(platform);
    platform.clock.advance(65);

    await platform.ecs.send(new StopTaskCommand({ cluster: 'main', task: taskArn, reason: 'pull request closed' }));

    expect(await statusesOf(platform, taskArn)).toEqual(['STOPPING', 'DEPROVISIONING', 'STOPPED']);
    expect((await allTasks(platform))[0]).toMatchObject({
      stopCode: 'UserInitiated',
      stoppedReason: 'pull request closed',
      containers: [{ exitCode: 143 }],
    });
  });

  it('stays describable for an hour after it stopped, and is MISSING then', async () => {
    const platform = await startPlatform();
    await registerTaskDefinition(platform);
    const { taskArn = '' } = await runTask(platform);
    await statusesOf(platform, taskArn);

    platform.clock.advance(3590);
    expect(await allTasks(platform)).toHaveLength(1);
    platform.clock.advance(60);

    const { failures } = await platform.ecs.send(new DescribeTasksCommand({ cluster: 'main', tasks: [taskArn] }));
    expect(failures).toEqual([{ arn: taskArn, reason: 'MISSING' }]);
  });

  it('is the same one for the same client token, which refuses another request', async () => {
    const platform = await startPlatform();
    await registerTaskDefinition(platform);
    const first = await runTask(platform, { clientToken: 'a' });

    expect((await runTask(platform, { clientToken: 'a' })).taskArn).toBe(first.taskArn);
    await expect(runTask(platform, { clientToken: 'a', startedBy: 'other' })).rejects.toMatchObject({
      name: 'ConflictException',
    });
    expect((await platform.ecs.send(new ListTasksCommand({ cluster: 'main' }))).taskArns).toHaveLength(1);
  });

  it('is refused with an override of no container, eleven at once, or exec without a task role', async () => {
    const platform = await startPlatform();
    await registerTaskDefinition(platform);
    const overrides = { containerOverrides: [{ name: 'nginx' }] };
    await expect(runTask(platform, { overrides })).rejects.toThrow(
      'Override for container named nginx is not a container in the TaskDefinition.',
    );
    await expect(runTask(platform, { count: 11 })).rejects.toMatchObject({ name: 'InvalidParameterException' });

    await registerTaskDefinition(platform, { taskRoleArn: undefined });
    await expect(runTask(platform, { enableExecuteCommand: true })).rejects.toThrow(/valid taskRoleArn/);
  });

  it('is found by who started it, by its family, and by whether it should run', async () => {
    const platform = await startPlatform();
    await registerTaskDefinition(platform);
    await registerTaskDefinition(platform, { family: 'jobs' });
    const { taskArn } = await runTask(platform, { startedBy: 'pr-1' });
    await runTask(platform, { taskDefinition: 'jobs' });

    for (const filter of [{ startedBy: 'pr-1' }, { family: 'web' }]) {
      const { taskArns } = await platform.ecs.send(new ListTasksCommand({ cluster: 'main', ...filter }));
      expect(taskArns).toEqual([taskArn]);
    }
    platform.clock.advance(120);
    expect((await platform.ecs.send(new ListTasksCommand({ cluster: 'main' }))).taskArns).toEqual([]);
    await expect(
      platform.ecs.send(new ListTasksCommand({ cluster: 'main', serviceName: 'none' })),
    ).rejects.toMatchObject({ name: 'ServiceNotFoundException' });
  });
});
