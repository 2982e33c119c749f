import {
  CloudWatchClient,
  DeleteDashboardsCommand,
  GetDashboardCommand,
  ListDashboardsCommand,
  PutDashboardCommand,
} from '@aws-sdk/client-cloudwatch';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { startSteppedAws } from '../../../support/aws-simulator.ts';

let cloudwatch: CloudWatchClient;

beforeEach(async () => {
  const { client } = await startSteppedAws();
  cloudwatch = new CloudWatchClient(client);
});

const put = async (body: unknown, DashboardName = 'main') =>
  await cloudwatch.send(
    new PutDashboardCommand({ DashboardName, DashboardBody: typeof body === 'string' ? body : JSON.stringify(body) }),
  );

const TEXT = { type: 'text', x: 0, y: 0, width: 24, height: 1, properties: { markdown: 'hello' } };
const METRIC = { type: 'metric', properties: { metrics: [['AWS/ECS', 'CPUUtilization']] } };

describe('a dashboard', () => {
  it('is kept as it was written, and replaced as a whole', async () => {
    await put({ widgets: [] });
    const body = '{ "widgets": [] }';
    await put(body);
    const { DashboardBody, DashboardArn } = await cloudwatch.send(new GetDashboardCommand({ DashboardName: 'main' }));
    expect([DashboardBody, DashboardArn]).toEqual([body, 'arn:aws:cloudwatch::123456789012:dashboard/main']);
    const { DashboardEntries } = await cloudwatch.send(new ListDashboardsCommand({}));
    expect(DashboardEntries).toMatchObject([{ DashboardName: 'main', Size: body.length }]);
  });

  it('is saved with a warning for a metric of no Region', async () => {
    const { DashboardValidationMessages } = await put({ widgets: [TEXT, METRIC] });
    expect(DashboardValidationMessages).toEqual([
      { DataPath: '/widgets/1/properties', Message: 'Should have property region' },
    ]);
  });

  it.each([
    { reason: 'a body that is no JSON', body: '{' },
    { reason: 'a list for a body', body: [] },
    { reason: 'no widgets', body: {} },
    { reason: 'a widget of an unknown type', body: { widgets: [{ ...TEXT, type: 'chart' }] } },
    { reason: 'a widget without properties', body: { widgets: [{ type: 'text' }] } },
    { reason: 'a text without words', body: { widgets: [{ ...TEXT, properties: {} }] } },
    { reason: 'a widget wider than the page', body: { widgets: [{ ...TEXT, width: 25 }] } },
  ])('is not saved with $reason', async ({ body }) => {
    await expect(put(body)).rejects.toMatchObject({
      name: 'DashboardInvalidInputError',
      Code: 'InvalidParameterInput',
    });
    expect((await cloudwatch.send(new ListDashboardsCommand({}))).DashboardEntries).toEqual([]);
  });

  it('is deleted even when another name of the call is unknown', async () => {
    await put({ widgets: [] });
    const command = new DeleteDashboardsCommand({ DashboardNames: ['none', 'main'] });
    await expect(cloudwatch.send(command)).rejects.toMatchObject({ name: 'ResourceNotFound' });
    await expect(cloudwatch.send(new GetDashboardCommand({ DashboardName: 'main' }))).rejects.toMatchObject({
      name: 'ResourceNotFound',
    });
  });
});
