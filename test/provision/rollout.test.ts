import {
  DescribeTasksCommand,
  type DescribeTasksCommandOutput,
  ListTasksCommand,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TerminalError } from '../../src/domain/failure.ts';
import type { OutputsOf, SpecOf } from '../../src/domain/resource.ts';
import { createLogReader } from '../../src/provision/aws/log-reader.ts';
import { type LocalCloud, startLocalCloud } from '../contract/local-cloud.ts';
import { logGroupOf, oneOffSpec, serviceSpec, taskContent } from '../contract/specimens.ts';
import { createScene, type Scene } from '../contract/stage.ts';

let cloud: LocalCloud;
beforeAll(async () => {
  cloud = await startLocalCloud();
}, 60_000);
afterAll(async () => {
  await cloud.close();
});

async function startService(
  image: string,
): Promise<{ scene: Scene; spec: SpecOf<'service'>; outputs: OutputsOf<'service'> }> {
  const scene = createScene(cloud);
  const spec = await serviceSpec(scene, image);
  const outputs = await scene.settle(scene.desire('service', 'api', spec));
  return { scene, spec, outputs };
}

function rolloutOf(scene: Scene, { clusterArn, taskDefinitionArn, redeploys }: SpecOf<'service'>) {
  return scene.desire('rollout', 'api', {
    clusterArn,
    serviceName: scene.desire('service', 'api', {} as never).name,
    taskDefinitionArn,
    redeploys,
    logGroup: logGroupOf(scene),
    container: 'api',
    addressed: true,
  });
}

describe('rollout', () => {
  it('is ready with the addresses of what runs the wanted task definition', async () => {
    cloud.behave({ image: '*/app/api:head' });
    const { scene, spec } = await startService('app/api:head');
    const rollout = rolloutOf(scene, spec);
    expect(await scene.provisioner('rollout').observe(rollout)).toMatchObject({ state: 'pending' });
    const outputs = await scene.settle(rollout);
    expect(outputs.taskDefinitionArn).toBe(spec.taskDefinitionArn);
    expect(outputs.addresses).toEqual([expect.stringMatching(/^10\.20\./)]);
    const unaddressed = { ...rollout, spec: { ...rollout.spec, addressed: false } };
    const before = cloud.aws.requestLog.count('ecs', 'ListTasks');
    expect((await scene.settle(unaddressed)).addresses).toEqual([]);
    expect(cloud.aws.requestLog.count('ecs', 'ListTasks')).toBe(before);
    const health = scene.desire('target-health', 'api', {
      targetGroupArn: spec.loadBalancers[0]?.targetGroupArn ?? '',
    });
    expect(await scene.settle(health)).toEqual({ healthy: 1 });
  });

  it('fails with the cause and the last lines of the log when the first tasks crash', async () => {
    cloud.behave({
      image: '*/app/api:next',
      crash: { afterSeconds: 0, exitCode: 3, lines: ['no such table: vehicle'] },
    });
    const { scene, spec } = await startService('app/api:next');
    const failed = await failureOf(scene.settle(rolloutOf(scene, spec)));
    expect(failed).toMatchObject({ reason: 'ServiceDoesNotStart', actor: 'author' });
    expect(failed.message).toBe('does not start: container api ended with exit code 3');
    expect(failed.details).toContain('no such table: vehicle');
  });

  it('fails with what the health check was answered, when it is that which ECS stops the tasks for', async () => {
    cloud.behave({ image: '*/app/api:next', statusByPath: { '/health': 500 } });
    const { scene, spec } = await startService('app/api:next');
    const failed = await failureOf(scene.settle(rolloutOf(scene, spec)));
    expect(failed).toMatchObject({ reason: 'ServiceDoesNotStart', actor: 'author' });
    expect(failed.message).toBe('health check returns 500');
  });

  it('fails after a rollback, which leaves the service stable on the old task definition, and does not order the new one again', async () => {
    cloud.behave({ image: '*/app/api:head' });
    const { scene, spec } = await startService('app/api:head');
    await scene.settle(rolloutOf(scene, spec));
    cloud.behave({ image: '*/app/api:next', crash: { afterSeconds: 0, exitCode: 9, lines: ['broken'] } });
    const content = taskContent(scene, 'app/api:next');
    const next = await scene.settle(scene.desire('task-definition', 'api', { content }));
    const nextSpec = { ...spec, taskDefinitionArn: next.arn };
    const service = scene.desire('service', 'api', nextSpec);
    await scene.settle(service);
    const failed = await failureOf(scene.settle(rolloutOf(scene, nextSpec)));
    expect(failed.reason).toBe('ServiceDoesNotStart');
    scene.clock.advance(600);
    expect((await scene.provisioner('service').observe(service)).state).toBe('ready');
    await expect(scene.provisioner('rollout').observe(rolloutOf(scene, nextSpec))).rejects.toMatchObject({
      reason: 'ServiceDoesNotStart',
    });
    // What is asked for again is ordered again, and works once the image does.
    cloud.behave({ image: '*/app/api:next' });
    const againSpec = { ...nextSpec, redeploys: 1 };
    // Until then the failure before says nothing about it.
    expect((await scene.provisioner('rollout').observe(rolloutOf(scene, againSpec))).state).toBe('pending');
    await scene.settle(scene.desire('service', 'api', againSpec));
    expect((await scene.settle(rolloutOf(scene, againSpec))).redeploys).toBe(1);
  });

  it('is found when whoever gave the order died before it was noted', async () => {
    cloud.behave({ image: '*/app/api:head' });
    cloud.behave({ image: '*/app/api:next' });
    const { scene, spec } = await startService('app/api:head');
    await scene.settle(rolloutOf(scene, spec));
    const content = taskContent(scene, 'app/api:next');
    const { arn } = await scene.settle(scene.desire('task-definition', 'api', { content }));
    const next = scene.desire('service', 'api', { ...spec, taskDefinitionArn: arn });
    await cloud.clients.ecs.send(
      new UpdateServiceCommand({ cluster: spec.clusterArn, service: next.name, taskDefinition: arn }),
    );

    await scene.settle(next);
    expect((await scene.settle(rolloutOf(scene, next.spec))).taskDefinitionArn).toBe(arn);
  });

  it('follows a container whose port changed', async () => {
    cloud.behave({ image: '*/app/api:head' });
    const { scene, spec } = await startService('app/api:head');
    await scene.settle(rolloutOf(scene, spec));
    const content = taskContent(scene, 'app/api:head');
    const containers = content.containers.map((container) => ({ ...container, ports: [9090] }));
    const next = await scene.settle(scene.desire('task-definition', 'api', { content: { ...content, containers } }));
    const loadBalancers = spec.loadBalancers.map((one) => ({ ...one, port: 9090 }));
    const nextSpec = { ...spec, taskDefinitionArn: next.arn, loadBalancers };
    await scene.settle(scene.desire('service', 'api', nextSpec));
    expect((await scene.settle(rolloutOf(scene, nextSpec))).addresses).toHaveLength(1);
  });

  it('says in plain words why no target is healthy', async () => {
    cloud.behave({ image: '*/app/api:head', statusByPath: { '/health': 500 } });
    const { scene, spec } = await startService('app/api:head');
    const health = scene.desire('target-health', 'api', {
      targetGroupArn: spec.loadBalancers[0]?.targetGroupArn ?? '',
    });
    const said = new Set<string>();
    for (let looks = 0; looks < 120; looks += 1) {
      const observed = await scene.provisioner('target-health').observe(health);
      said.add(observed.state === 'pending' ? observed.waitingFor : observed.state);
      scene.clock.advance(2);
    }
    expect([...said]).toContain('a healthy target (health check returns 500)');
    expect([...said]).not.toContain('ready');
  });
});

describe('service', () => {
  it('is given another health grace, which no task definition carries', async () => {
    cloud.behave({ image: '*/app/api:head' });
    const { scene, spec } = await startService('app/api:head');
    const longer = scene.desire('service', 'api', { ...spec, healthCheckGraceSeconds: 900 });
    expect(await scene.provisioner('service').observe(longer)).toMatchObject({
      state: 'drifted',
      drift: ['health check grace'],
    });
    await scene.settle(longer);
    expect((await scene.provisioner('service').observe(longer)).state).toBe('ready');
  });
});

describe('services looked at together', () => {
  it('are asked for in one call, each with its own answer', async () => {
    cloud.behave({ image: '*/app/api:head' });
    const { scene, spec } = await startService('app/api:head');
    const there = scene.desire('service', 'api', spec);
    const missing = Array.from({ length: 11 }, (_, index) => scene.desire('service', `none-${index}`, spec));
    const before = cloud.aws.requestLog.count('ecs', 'DescribeServices');
    const seen = await Promise.all(
      [there, ...missing].map(async (desired) => await scene.provisioner('service').observe(desired)),
    );
    expect(seen.map(({ state }) => state)).toEqual(['ready', ...missing.map(() => 'absent')]);
    // Ten names to a call.
    expect(cloud.aws.requestLog.count('ecs', 'DescribeServices')).toBe(before + 2);
  });
});

describe('one-off-task', () => {
  const settled = async (scene: Scene, spec: SpecOf<'one-off-task'>) =>
    await scene.settle(scene.desire('one-off-task', 'migrate', spec));

  it('runs once for a key, and again for the next', async () => {
    cloud.behave({ image: '*/app/migrate:head' });
    const scene = createScene(cloud);
    const spec = await oneOffSpec(scene);
    const first = await settled(scene, spec);
    expect(await settled(scene, spec)).toEqual(first);
    expect(await settled(scene, { ...spec, runKey: 'migrate-2' })).not.toMatchObject({ taskArn: first.taskArn });
  });

  it('remembers how it ended when ECS has long forgotten the task', async () => {
    cloud.behave({ image: '*/app/migrate:head' });
    const scene = createScene(cloud);
    const desired = scene.desire('one-off-task', 'migrate', await oneOffSpec(scene));
    const recorded = await scene.settle(desired);
    scene.clock.advance(6 * 3600);
    expect(await scene.provisioner('one-off-task').observe({ ...desired, recorded })).toEqual({
      state: 'ready',
      outputs: recorded,
    });
  });

  it('fails with its last lines when it ends badly, for ever', async () => {
    cloud.behave({ image: '*/app/migrate:head', oneOffExitCode: 1, oneOffLines: ['Validation failed: 1 changeset'] });
    const scene = createScene(cloud);
    const failed = await failureOf(settled(scene, await oneOffSpec(scene)));
    expect(failed).toMatchObject({
      reason: 'TaskFailed',
      actor: 'author',
      message: 'failed: container api ended with exit code 1',
    });
    expect(failed.details).toContain('Validation failed: 1 changeset');
  });

  it('is stopped when it runs for too long', async () => {
    cloud.behave({ image: '*/app/migrate:head', oneOffSeconds: 100_000 });
    const scene = createScene(cloud);
    const failed = await failureOf(settled(scene, await oneOffSpec(scene)));
    expect(failed).toMatchObject({
      reason: 'TaskTimedOut',
      message: 'was stopped: it ran for more than 600 seconds',
    });
  });

  it('has not succeeded when it was stopped, though its program ends with 0 when it is told to go', async () => {
    cloud.behave({ image: '*/app/migrate:head', oneOffSeconds: 100_000 });
    const scene = createScene({ ...cloud, clients: { ...cloud.clients, ecs: politePrograms() } });
    const failed = await failureOf(settled(scene, await oneOffSpec(scene)));
    expect(failed.reason).toBe('TaskTimedOut');
  });

  it('waits for its former run, which is stopped when it takes too long, and never runs beside it', async () => {
    cloud.behave({ image: '*/app/migrate:head', oneOffSeconds: 100_000 });
    const scene = createScene(cloud);
    const provisioner = scene.provisioner('one-off-task');
    const first = scene.desire('one-off-task', 'migrate', await oneOffSpec(scene));
    const started = await provisioner.ensure(first, { state: 'absent' });
    let recorded = started.state === 'pending' ? started.outputs : {};
    const former = recorded.taskArn;
    const next = { ...first, spec: { ...first.spec, runKey: 'migrate-2' } };
    const running = new Set<string>();
    for (let looks = 0; looks < 100 && (recorded.taskArn ?? former) === former; looks += 1) {
      const observed = await provisioner.observe({ ...next, recorded });
      const reached =
        observed.state === 'absent' ? await provisioner.ensure({ ...next, recorded }, observed) : observed;
      recorded = reached.state === 'absent' ? {} : reached.outputs;
      running.add((await startedTasks(next.environment.name)).join());
      scene.clock.advance(20);
    }
    expect(recorded.taskArn).not.toBe(former);
    expect([...running].every((tasks) => !tasks.includes(','))).toBe(true);
    await scene.vanish({ ...next, recorded });
  });
});

/** Every program of the account ends with 0 when it is told to stop. */
function politePrograms(): LocalCloud['clients']['ecs'] {
  const { ecs } = cloud.clients;
  return Object.assign(Object.create(ecs) as typeof ecs, {
    async send(command: never): Promise<unknown> {
      const answer: unknown = await ecs.send(command);
      const { tasks = [] } = answer as DescribeTasksCommandOutput;
      for (const container of tasks.flatMap(({ containers = [] }) => containers)) {
        container.exitCode = container.exitCode === 143 ? 0 : container.exitCode;
      }
      return answer;
    },
  });
}

/** Tasks of an environment that no service started and that have not stopped. */
async function startedTasks(environment: string): Promise<string[]> {
  const cluster = cloud.platform.clusterArn;
  const { taskArns = [] } = await cloud.clients.ecs.send(new ListTasksCommand({ cluster }));
  if (taskArns.length === 0) {
    return [];
  }
  const { tasks = [] } = await cloud.clients.ecs.send(
    new DescribeTasksCommand({ cluster, tasks: taskArns, include: ['TAGS'] }),
  );
  return tasks
    .filter(
      ({ tags = [], group }) =>
        group?.startsWith('service:') !== true && tags.some(({ value }) => value === environment),
    )
    .map(({ taskArn = '' }) => taskArn);
}

describe('the log reader', () => {
  it('answers the last lines of the newest stream, and none for a group that is not there', async () => {
    cloud.behave({ image: '*/app/migrate:head', oneOffLines: ['one', 'two', 'three'] });
    const scene = createScene(cloud);
    const spec = await oneOffSpec(scene);
    await scene.settle(scene.desire('one-off-task', 'migrate', spec));
    const reader = createLogReader(cloud.clients.logs);
    const lines = await reader.tail({ logGroup: spec.logGroup, lines: 2 });
    expect(lines).toEqual(['three', 'finished with exit code 0']);
    expect(await reader.tail({ logGroup: spec.logGroup, streamPrefix: 'task/api/', lines: 2 })).toEqual(lines);
    expect(await reader.tail({ logGroup: '/mayfly/none', lines: 2 })).toEqual([]);
  });
});

async function failureOf(work: Promise<unknown>): Promise<TerminalError> {
  const thrown: unknown = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(thrown instanceof TerminalError)) {
    throw new Error('it did not fail for good', { cause: thrown });
  }
  return thrown;
}
