import { CloudWatchLogsClient, CreateLogGroupCommand, GetLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { RunTaskCommand, type RunTaskCommandInput, StopTaskCommand, type Task } from '@aws-sdk/client-ecs';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Program, ProgramRun } from '../../../../sim/aws/ecs/program.ts';
import { endPrograms, setProgram } from '../../../../sim/aws/ecs/programs.ts';
import { childProgram } from '../../../../sim/local/child-program.ts';
import {
  allTasks,
  createService,
  type Platform,
  registerTaskDefinition,
  startPlatform,
  webContainer,
} from './platform.ts';

let platform: Platform;
beforeEach(async () => {
  platform = await startPlatform();
  const secrets = new SecretsManagerClient(platform.client);
  const { ARN } = await secrets.send(
    new CreateSecretCommand({ Name: 'masking', SecretString: JSON.stringify({ key: 'of-the-masks' }) }),
  );
  await new CloudWatchLogsClient(platform.client).send(new CreateLogGroupCommand({ logGroupName: '/masking' }));
  await registerTaskDefinition(platform, {
    family: 'masking',
    containerDefinitions: [
      {
        ...webContainer,
        name: 'mask',
        command: ['anonymise'],
        environment: [
          { name: 'SOURCE', value: 'golden' },
          { name: 'MODE', value: 'dry' },
        ],
        secrets: [{ name: 'MASK_KEY', valueFrom: `${ARN}:key::` }],
        logConfiguration: {
          logDriver: 'awslogs',
          options: { 'awslogs-group': '/masking', 'awslogs-stream-prefix': 'run', 'awslogs-region': 'eu-west-1' },
        },
      },
    ],
  });
});

/** Started, and RUNNING. */
async function runTask(changes: Partial<RunTaskCommandInput> = {}): Promise<Task> {
  const { tasks = [] } = await platform.ecs.send(
    new RunTaskCommand({
      cluster: 'main',
      taskDefinition: 'masking',
      launchType: 'FARGATE',
      networkConfiguration: { awsvpcConfiguration: { subnets: platform.subnets } },
      ...changes,
    }),
  );
  const { taskProvisioning, taskPending, taskActivating } = platform.world.durations;
  platform.clock.advance(taskProvisioning + taskPending + taskActivating);
  return tasks[0] ?? {};
}

/** A program that says when it began, and ends when it is told to. */
function manual() {
  const begun = Promise.withResolvers<ProgramRun>();
  const over = Promise.withResolvers<number>();
  const program: Program = async (run) => {
    begun.resolve(run);
    return await over.promise;
  };
  return { program, begun: begun.promise, end: over.resolve, fail: over.reject };
}

async function ended(): Promise<Task> {
  for (;;) {
    const [task = {}] = await allTasks(platform);
    if (task.lastStatus === 'DEPROVISIONING' || task.lastStatus === 'STOPPED') {
      return task;
    }
  }
}

async function output({ taskArn = '' }: Task): Promise<string[]> {
  const logStreamName = `run/mask/${taskArn.split('/').at(-1)}`;
  const { events = [] } = await new CloudWatchLogsClient(platform.client).send(
    new GetLogEventsCommand({ logGroupName: '/masking', logStreamName, startFromHead: true }),
  );
  return events.map(({ message = '' }) => message);
}

describe('a task that does something', () => {
  it('has its variables with the overrides, its secrets and its command, and ends when its work does', async () => {
    const { program, begun, end } = manual();
    setProgram(platform.world, 'masking', program);
    const environment = [{ name: 'MODE', value: 'for real' }];
    const task = await runTask({
      overrides: { containerOverrides: [{ name: 'mask', environment, command: ['anonymise', '--resume'] }] },
    });
    const run = await begun;
    expect(run).toMatchObject({
      family: 'masking',
      container: 'mask',
      taskArn: task.taskArn,
      command: ['anonymise', '--resume'],
      environment: { SOURCE: 'golden', MODE: 'for real', MASK_KEY: 'of-the-masks', AWS_REGION: 'eu-west-1' },
    });
    platform.clock.advance(3600);
    expect((await allTasks(platform))[0]?.lastStatus).toBe('RUNNING');
    run.log('237 tables masked');
    end(3);
    expect(await ended()).toMatchObject({
      stopCode: 'EssentialContainerExited',
      containers: [{ exitCode: 3, lastStatus: 'STOPPED' }],
    });
    expect((await output(task)).at(-1)).toBe('237 tables masked');
  });

  it('ends with exit code 1 and the reason where its program throws', async () => {
    const { program, begun, fail } = manual();
    setProgram(platform.world, 'masking', program);
    const task = await runTask();
    await begun;
    fail(new Error('no rule for users.email'));
    expect((await ended()).containers).toMatchObject([{ exitCode: 1 }]);
    expect((await output(task)).at(-1)).toBe('no rule for users.email');
  });

  it('is told to stop, and ends as it says', async () => {
    const { program, begun, end } = manual();
    setProgram(platform.world, 'masking', program);
    const { taskArn: task } = await runTask();
    const { terminated, killed } = await begun;
    await platform.ecs.send(new StopTaskCommand({ cluster: 'main', task }));
    expect([terminated.aborted, killed.aborted]).toEqual([true, false]);
    end(0);
    expect(await ended()).toMatchObject({ stopCode: 'UserInitiated', containers: [{ exitCode: 0 }] });
  });

  it('is killed where it does not stop in time, and what it says then is lost', async () => {
    const { program, begun, end } = manual();
    setProgram(platform.world, 'masking', program);
    const { taskArn: task } = await runTask();
    const { killed } = await begun;
    await platform.ecs.send(new StopTaskCommand({ cluster: 'main', task }));
    platform.clock.advance(platform.world.durations.taskStopping);
    expect(killed.aborted).toBe(true);
    end(0);
    expect((await ended()).containers).toMatchObject([{ exitCode: 137 }]);
  });

  it('is killed when its account ends', async () => {
    const { program, begun } = manual();
    setProgram(platform.world, 'masking', program);
    await runTask();
    const { killed } = await begun;
    endPrograms(platform.world);
    expect(killed.aborted).toBe(true);
  });

  it('is no task of a service, nor of another family', async () => {
    const { program } = manual();
    let calls = 0;
    setProgram(platform.world, 'web', async (run) => {
      calls += 1;
      return await program(run);
    });
    await registerTaskDefinition(platform);
    await createService(platform);
    await runTask();
    platform.clock.advance(120);
    expect(calls).toBe(0);
    const [task] = (await allTasks(platform)).filter(({ group }) => group === 'family:masking');
    expect(task).toMatchObject({ containers: [{ exitCode: 0 }] });
  });
});

describe('a task that a process does', () => {
  const script = (lines: string) => childProgram({ args: ({ command }) => ['-e', lines, ...command.slice(1)] });

  it('has the variables of the container and no others, and its output and exit code are its own', async () => {
    setProgram(
      platform.world,
      'masking',
      script("console.log(process.env.MASK_KEY, String(process.env.HOME)); console.error('bad'); process.exit(4)"),
    );
    const task = await runTask();
    expect((await ended()).containers).toMatchObject([{ exitCode: 4 }]);
    expect((await output(task)).slice(1).toSorted()).toEqual(['bad', 'of-the-masks undefined']);
  });

  it.each([
    { how: 'ends at SIGTERM, where it heeds none', lines: '', exitCode: 143 },
    { how: 'ends as it wishes after SIGTERM', lines: "process.on('SIGTERM', () => process.exit(7));", exitCode: 7 },
  ])('$how', async ({ lines, exitCode }) => {
    setProgram(platform.world, 'masking', script(`${lines} setInterval(() => {}, 1000); console.log('up')`));
    const task = await runTask();
    while ((await output(task)).at(-1) !== 'up') {
      // Each look is a call that takes its time.
    }
    await platform.ecs.send(new StopTaskCommand({ cluster: 'main', task: task.taskArn }));
    expect((await ended()).containers).toMatchObject([{ exitCode }]);
  });
});
