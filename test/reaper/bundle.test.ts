import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { CreateFunctionCommand, LambdaClient, PutFunctionEventInvokeConfigCommand } from '@aws-sdk/client-lambda';
import { CreateScheduleCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { DeleteParameterCommand, PutParameterCommand } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Invoked } from '../../sim/aws/lambda/state.ts';
import { BUNDLE_FILE, bundleReaper } from '../../tools/reaper-package/bundle.ts';
import { zipOf } from '../../tools/reaper-package/zip.ts';
import { type LocalCloud, startLocalCloud } from '../contract/local-cloud.ts';
import { targetGroupSpec } from '../contract/specimens.ts';
import { createScene } from '../contract/stage.ts';
import { census, stagePlatform } from './reaper-stage.ts';

jest.setTimeout(60_000);

const run = promisify(execFile);
const ACCOUNT = 'eu-west-1:123456789012';
const ROLE = 'arn:aws:iam::123456789012:role/reaper';

let cloud: LocalCloud;
let folder: string;
let ended: Promise<unknown>;

/** What Lambda does: the file of the package, the export that the handler setting names, the event, a context with a deadline. */
const RUNTIME = `
const [file, name, event, seconds] = process.argv.slice(1);
const endsAt = Date.now() + Number(seconds) * 1000;
require(file)[name](JSON.parse(event), { getRemainingTimeInMillis: () => endsAt - Date.now() }).catch((error) => {
  process.stderr.write(error.message);
  process.exitCode = 1;
});`;

async function runPackage({ functionName, payload, environment }: Invoked): Promise<null> {
  const held = cloud.aws.world.lambda.functions.get(functionName);
  const [module = '', name = ''] = held?.settings.Handler?.split('.') ?? [];
  const file = join(folder, `${module}.js`);
  await writeFile(file, storedIn(held?.code.zip ?? Buffer.alloc(0), `${module}.js`));
  const keys = { AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: 'reaper', AWS_SECRET_ACCESS_KEY: 'local' };
  const env = { ...environment, ...keys, AWS_ENDPOINT_URL: cloud.aws.url };
  await run(process.execPath, ['-e', RUNTIME, file, name, payload, '120'], { env });
  return null;
}

/** The one file of a package that is stored as it is (PKWARE's APPNOTE, 4.3.7). */
function storedIn(zip: Buffer, name: string): Buffer {
  const nameLength = zip.readUInt16LE(26);
  expect(zip.toString('utf8', 30, 30 + nameLength)).toBe(name);
  return zip.subarray(30 + nameLength, 30 + nameLength + zip.readUInt32LE(18));
}

beforeAll(async () => {
  cloud = await startLocalCloud();
  folder = await mkdtemp(join(tmpdir(), 'mayfly-reaper-'));
  const access = {
    region: 'eu-west-1',
    endpoint: cloud.aws.url,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  };
  const iam = new IAMClient(access);
  const Principal = { Service: ['lambda.amazonaws.com', 'scheduler.amazonaws.com'] };
  const trust = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal, Action: 'sts:AssumeRole' }] };
  await iam.send(new CreateRoleCommand({ RoleName: 'reaper', AssumeRolePolicyDocument: JSON.stringify(trust) }));
  const sqs = new SQSClient(access);
  await sqs.send(new CreateQueueCommand({ QueueName: 'reports' }));
  await sqs.send(new CreateQueueCommand({ QueueName: 'dead' }));
  const sns = new SNSClient(access);
  const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: 'reports' }));
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint: `arn:aws:sqs:${ACCOUNT}:reports` }));

  const lambda = new LambdaClient(access);
  const Variables = { PLATFORM_PARAMETER: '/mayfly/platform', REPORT_TOPIC_ARN: TopicArn ?? '', DRY_RUN: 'false' };
  await lambda.send(
    new CreateFunctionCommand({
      FunctionName: 'reaper',
      Role: ROLE,
      Runtime: 'nodejs22.x',
      Handler: 'reaper.handler',
      Code: { ZipFile: zipOf(BUNDLE_FILE, await bundleReaper()) },
      Environment: { Variables },
    }),
  );
  const OnFailure = { Destination: `arn:aws:sqs:${ACCOUNT}:dead` };
  await lambda.send(
    new PutFunctionEventInvokeConfigCommand({
      FunctionName: 'reaper',
      MaximumRetryAttempts: 1,
      DestinationConfig: { OnFailure },
    }),
  );
  cloud.clock.advance(60);
  cloud.aws.world.lambda.onInvoke = (invoked) => (ended = runPackage(invoked)) as Promise<null>;
  await new SchedulerClient(access).send(
    new CreateScheduleCommand({
      Name: 'reaper',
      ScheduleExpression: 'rate(15 minutes)',
      FlexibleTimeWindow: { Mode: 'OFF' },
      Target: { Arn: `arn:aws:lambda:${ACCOUNT}:function:reaper`, RoleArn: ROLE },
    }),
  );
}, 60_000);

afterAll(async () => {
  await cloud.close();
  await rm(folder, { recursive: true, force: true });
});

async function putPlatform(): Promise<void> {
  const Value = JSON.stringify(stagePlatform(cloud));
  await cloud.clients.ssm.send(
    new PutParameterCommand({ Name: '/mayfly/platform', Value, Type: 'String', Overwrite: true }),
  );
}

/** Lets the clock come to the next start, and the run to its end. */
async function nextRun(seconds = 900): Promise<void> {
  ended = new Promise(() => undefined);
  cloud.clock.advance(seconds);
  cloud.clock.advance(1);
  await ended.catch(() => undefined);
  for (let count = 0; count < 20; count += 1) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}

async function received(queue: string): Promise<string[]> {
  const sqs = new SQSClient({
    region: 'eu-west-1',
    endpoint: cloud.aws.url,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const QueueUrl = `https://sqs.eu-west-1.amazonaws.com/123456789012/${queue}`;
  const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
  return Messages.map(({ Body = '' }) => Body);
}

describe('the package of the reaper, started by its schedule', () => {
  it('clears what is over, and tells the topic', async () => {
    await putPlatform();
    const scene = createScene(cloud);
    const desired = scene.desire('target-group', 'api', targetGroupSpec(scene));
    // Long over by any clock: the package has the real one.
    await scene.settle({ ...desired, tags: { ...desired.tags, TTL: '2020-01-01T00:00:00Z' } });

    await nextRun();

    expect(census(cloud.aws.world).filter((item) => item.includes(scene.environment.name))).toEqual([]);
    const [report = ''] = await received('reports');
    const { Subject, Message } = JSON.parse(report) as { Subject: string; Message: string };
    expect(Subject).toBe('Mayfly reaper (mayfly): 1 cleared');
    expect(Message).toContain(
      `${scene.environment.name} (${scene.environment.id}): cleared, expired at 2020-01-01T00:00:00Z\n  removed:\n    ${desired.name}`,
    );
  });

  it('fails when it cannot tell what there is, so that the event comes to the dead letters', async () => {
    await cloud.clients.ssm.send(new DeleteParameterCommand({ Name: '/mayfly/platform' }));
    await nextRun();
    await nextRun(60);
    const [dead = ''] = await received('dead');
    expect(JSON.parse(dead)).toMatchObject({
      requestContext: { condition: 'RetriesExhausted', approximateInvokeCount: 2 },
      requestPayload: { source: 'aws.scheduler' },
    });
  });
});
