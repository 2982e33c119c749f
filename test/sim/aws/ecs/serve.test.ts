import { CloudWatchLogsClient, CreateLogGroupCommand, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { TagResourceCommand } from '@aws-sdk/client-ecs';
import {
  CreateDBClusterCommand,
  CreateDBInstanceCommand,
  DeleteDBInstanceCommand,
  RDSClient,
} from '@aws-sdk/client-rds';
import { describe, expect, it } from '@jest/globals';
import { setBehaviour } from '../../../../sim/aws/ecs/behaviour.ts';
import { type BehaviourRule, readBehaviour } from '../../../../sim/aws/ecs/behaviour-rule.ts';
import { serveFromTask } from '../../../../sim/aws/ecs/serve.ts';
import {
  allTasks,
  createService,
  isStable,
  type Platform,
  registerTaskDefinition,
  startPlatform,
  webContainer,
} from './platform.ts';

const tags = [
  { key: 'Environment', value: 'pr-1' },
  { key: 'Commit', value: 'ec021a6' },
];

async function startServing(platform: Platform, environment: { name: string; value: string }[] = []): Promise<string> {
  await registerTaskDefinition(platform, { containerDefinitions: [{ ...webContainer, environment }] });
  await createService(platform, { tags, propagateTags: 'SERVICE' });
  await platform.until(async () => await isStable(platform));
  return addressOf(platform);
}

function addressOf({ world }: Platform): string {
  const [ip = ''] = world.ecs.tasksByIp.keys();
  return ip;
}

function get(platform: Platform, ip: string, changes: { path?: string; port?: number; accept?: string } = {}) {
  const { path = '/', port = 8080, accept = 'application/json' } = changes;
  return serveFromTask(platform.world, {
    ip,
    port,
    method: 'GET',
    path,
    host: 'web.pr-1.example.org',
    headers: { accept },
  });
}

describe('a running container', () => {
  it('listens a few seconds after its task is RUNNING, on the port it maps, and nowhere else', async () => {
    const platform = await startPlatform();
    const ip = await startServing(platform);
    expect(get(platform, ip)).toBeUndefined();

    platform.clock.advance(5);

    expect(get(platform, ip)?.status).toBe(200);
    expect(get(platform, ip, { port: 9000 })).toBeUndefined();
    expect(get(platform, '10.9.9.9')).toBeUndefined();
  });

  it('says as JSON what it is', async () => {
    const platform = await startPlatform();
    const ip = await startServing(platform, [
      { name: 'DB_HOST', value: 'pr-1.cluster-abc.eu-west-1.rds.amazonaws.com' },
    ]);
    platform.clock.advance(5);

    const facts = JSON.parse(get(platform, ip, { path: '/?format=json', accept: '*/*' })?.body ?? '');

    const [task] = await allTasks(platform);
    expect(facts).toEqual({
      environment: 'pr-1',
      service: 'web',
      image: webContainer.image,
      taskDefinition: task?.taskDefinitionArn,
      task: task?.taskArn,
      database: 'pr-1.cluster-abc.eu-west-1.rds.amazonaws.com',
      commit: 'ec021a6',
      host: 'web.pr-1.example.org',
      path: '/',
    });
  });

  it('says it as a page in which nothing is taken for markup', async () => {
    const platform = await startPlatform();
    const ip = await startServing(platform, [{ name: 'COMMIT', value: '<script>alert(1)</script>' }]);
    platform.clock.advance(5);

    const page = get(platform, ip, { accept: 'text/html' });

    expect(page?.headers['content-type']).toMatch(/^text\/html/);
    expect(page?.body).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(page?.body).not.toContain('<script>');
  });

  it('answers paths as its image was told, also after it started', async () => {
    const platform = await startPlatform();
    const ip = await startServing(platform);
    platform.clock.advance(5);
    setBehaviour(platform.world, { image: '*/web:*', statusByPath: { '/': 200 }, otherPathsStatus: 404 });

    expect(get(platform, ip)?.status).toBe(200);
    expect(get(platform, ip, { path: '/healthcheck?deep=1' })?.status).toBe(404);
  });

  it('logs the requests it answers', async () => {
    const platform = await startPlatform();
    const logs = new CloudWatchLogsClient(platform.client);
    await logs.send(new CreateLogGroupCommand({ logGroupName: '/pr-1/web' }));
    await registerTaskDefinition(platform, {
      containerDefinitions: [
        {
          ...webContainer,
          logConfiguration: {
            logDriver: 'awslogs',
            options: { 'awslogs-group': '/pr-1/web', 'awslogs-region': 'eu-west-1', 'awslogs-stream-prefix': 'web' },
          },
        },
      ],
    });
    await createService(platform);
    platform.clock.advance(90);
    get(platform, addressOf(platform), { path: '/login' });

    const { events = [] } = await logs.send(new FilterLogEventsCommand({ logGroupName: '/pr-1/web' }));

    const [task] = await allTasks(platform);
    expect(events.map(({ message }) => message)).toEqual([`starting ${webContainer.image}`, 'GET /login 200']);
    expect(events[0]?.logStreamName).toBe(`web/web/${task?.taskArn?.split('/').at(-1)}`);
  });

  it('no longer answers once it is told to stop', async () => {
    const platform = await startPlatform();
    const ip = await startServing(platform);
    platform.clock.advance(5);
    setBehaviour(platform.world, { image: '*/web:*', crash: { afterSeconds: 30 } });
    await createService(platform, { serviceName: 'short', tags });
    await platform.until(async () => platform.world.ecs.tasksByIp.size === 2);
    const other = [...platform.world.ecs.tasksByIp.keys()].find((address) => address !== ip) ?? '';
    await platform.until(async () => get(platform, other) !== undefined);

    platform.clock.advance(30);

    expect(get(platform, other)).toBeUndefined();
    expect(get(platform, ip)?.status).toBe(200);
  });
});

describe('a container that needs its database', () => {
  async function startDatabase(platform: Platform): Promise<{ rds: RDSClient; endpoint: string }> {
    const rds = new RDSClient(platform.client);
    const { DBCluster } = await rds.send(
      new CreateDBClusterCommand({
        DBClusterIdentifier: 'pr-1',
        Engine: 'aurora-mysql',
        MasterUsername: 'admin',
        MasterUserPassword: 'correct-horse',
        ServerlessV2ScalingConfiguration: { MinCapacity: 0, MaxCapacity: 4 },
      }),
    );
    platform.clock.advance(600);
    await rds.send(
      new CreateDBInstanceCommand({
        DBInstanceIdentifier: 'pr-1-writer',
        DBClusterIdentifier: 'pr-1',
        DBInstanceClass: 'db.serverless',
        Engine: 'aurora-mysql',
      }),
    );
    return { rds, endpoint: DBCluster?.Endpoint ?? '' };
  }

  async function startNeeding(platform: Platform, rule: Partial<BehaviourRule>, endpoint: string) {
    setBehaviour(platform.world, { image: '*/web:*', ...rule });
    await registerTaskDefinition(platform, {
      containerDefinitions: [
        { ...webContainer, environment: [{ name: 'DATABASE_URL', value: `mysql://app@${endpoint}:3306/app` }] },
      ],
    });
    await createService(platform);
  }

  it('crashes until the writer answers, and runs then', async () => {
    const platform = await startPlatform();
    const { endpoint } = await startDatabase(platform);
    await startNeeding(platform, { withoutDatabase: 'crashes' }, endpoint);

    platform.clock.advance(100);
    expect((await allTasks(platform)).filter(({ lastStatus }) => lastStatus === 'STOPPED')).toHaveLength(1);
    platform.clock.advance(300);

    await platform.until(async () => await isStable(platform));
  });

  it.each([
    ['refuses', undefined],
    ['answers-500', 500],
    ['works', 200],
  ] as const)('%s: what it answers once its database has gone is %p', async (withoutDatabase, status) => {
    const platform = await startPlatform();
    const { rds, endpoint } = await startDatabase(platform);
    platform.clock.advance(600);
    await startNeeding(platform, { withoutDatabase }, endpoint);
    platform.clock.advance(90);
    expect(get(platform, addressOf(platform))?.status).toBe(200);

    await rds.send(new DeleteDBInstanceCommand({ DBInstanceIdentifier: 'pr-1-writer' }));

    expect(get(platform, addressOf(platform))?.status).toBe(status);
  });
});

describe('a behaviour', () => {
  it('set last for an image decides, and setting its pattern again replaces it', async () => {
    const platform = await startPlatform();
    const ip = await startServing(platform);
    platform.clock.advance(5);

    setBehaviour(platform.world, { image: '*', otherPathsStatus: 500 });
    setBehaviour(platform.world, { image: '*/web:1', otherPathsStatus: 418 });
    expect(get(platform, ip)?.status).toBe(418);
    setBehaviour(platform.world, { image: '*', otherPathsStatus: 503 });
    expect(get(platform, ip)?.status).toBe(503);
    expect(platform.world.ecs.behaviours).toHaveLength(2);
  });

  it('is set over HTTP, where a wrong one is answered 400 with its mistakes', async () => {
    const platform = await startPlatform();
    const post = async (body: unknown) =>
      await fetch(`${platform.url}/_sim/behaviours`, { method: 'POST', body: JSON.stringify(body) });

    expect((await post({ image: '*/web:1', crash: { exitCode: 7 } })).status).toBe(201);
    const wrong = await post({ image: '*/web:1', crash: { exitCode: 'seven' } });

    expect([wrong.status, await wrong.text()]).toEqual([400, expect.stringContaining('crash.exitCode')]);
    expect(platform.world.ecs.behaviours).toMatchObject([{ image: '*/web:1', crash: { exitCode: 7 } }]);
  });

  it('is refused with every mistake named', () => {
    expect(() => readBehaviour({ image: '', crash: { exitCode: 300 }, colour: 'red' })).toThrow(
      /image[\s\S]*crash\.exitCode|crash\.exitCode[\s\S]*image/,
    );
    expect(() => readBehaviour({ image: 'x', colour: 'red' })).toThrow(/colour/);
    expect(() => readBehaviour('x')).toThrow(RangeError);
  });
});

it('takes the tags of a task as they stand', async () => {
  const platform = await startPlatform();
  const ip = await startServing(platform);
  platform.clock.advance(5);
  const [task] = await allTasks(platform);

  await platform.ecs.send(
    new TagResourceCommand({ resourceArn: task?.taskArn, tags: [{ key: 'Commit', value: 'fffffff' }] }),
  );

  expect(JSON.parse(get(platform, ip)?.body ?? '')).toMatchObject({ commit: 'fffffff' });
});
