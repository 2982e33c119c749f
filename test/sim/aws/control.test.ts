import { get } from 'node:http';
import { DescribeDBClusterSnapshotsCommand, DescribeDBClustersCommand, RDSClient } from '@aws-sdk/client-rds';
import { afterEach, describe, expect, it } from '@jest/globals';
import { startAwsSimulator } from '../../../sim/aws/server.ts';
import { createRunningClock } from '../../../sim/clock.ts';
import { startSteppedAws } from '../../support/aws-simulator.ts';

async function ask(url: string, method = 'GET', body?: unknown): Promise<{ status: number; json: unknown }> {
  const answer = await fetch(url, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  return { status: answer.status, json: await answer.json() };
}

describe('the control API', () => {
  it('adds, lists and clears faults', async () => {
    const { aws, client } = await startSteppedAws();
    const added = await ask(`${aws.url}/_sim/faults`, 'POST', { service: 'rds', effect: { kind: 'throttle' } });
    expect(added).toEqual({ status: 201, json: { id: 1 } });
    await expect(new RDSClient(client).send(new DescribeDBClustersCommand({}))).rejects.toMatchObject({
      name: 'ThrottlingException',
    });
    expect((await ask(`${aws.url}/_sim/faults`)).json).toMatchObject([{ id: 1, struck: 1 }]);
    expect((await ask(`${aws.url}/_sim/faults?id=9`, 'DELETE')).status).toBe(404);
    expect((await ask(`${aws.url}/_sim/faults?id=1`, 'DELETE')).status).toBe(200);
    await ask(`${aws.url}/_sim/faults`, 'POST', { effect: { kind: 'throttle' } });
    await ask(`${aws.url}/_sim/faults`, 'DELETE');
    expect((await ask(`${aws.url}/_sim/faults`)).json).toEqual([]);
  });

  it.each([
    { reason: 'no effect', body: {} },
    { reason: 'an unknown effect', body: { effect: { kind: 'explode' } } },
    { reason: 'an error without a code', body: { effect: { kind: 'error' } } },
    { reason: 'a delay without a length', body: { effect: { kind: 'delay' } } },
    { reason: 'no object', body: 'throttle' },
  ])('answers 400 to a fault with $reason', async ({ body }) => {
    const { aws } = await startSteppedAws();
    expect((await ask(`${aws.url}/_sim/faults`, 'POST', body)).status).toBe(400);
    expect(aws.faults.list()).toEqual([]);
  });

  it('lists the requests of a service', async () => {
    const { aws, client } = await startSteppedAws();
    await new RDSClient(client).send(new DescribeDBClustersCommand({}));
    expect((await ask(`${aws.url}/_sim/requests?service=rds`)).json).toMatchObject([
      { operation: 'DescribeDBClusters', outcome: 'ok' },
    ]);
    expect((await ask(`${aws.url}/_sim/requests?service=ecs`)).json).toEqual([]);
  });

  it('plants a snapshot that another account shares', async () => {
    const { aws, client } = await startSteppedAws();
    const plant = { type: 'shared', account: '210987654321', name: 'theirs', masterPassword: 'production-password' };
    const arn = 'arn:aws:rds:eu-west-1:210987654321:cluster-snapshot:theirs';
    expect(await ask(`${aws.url}/_sim/snapshots`, 'POST', plant)).toMatchObject({ status: 201, json: { arn } });
    const { DBClusterSnapshots } = await new RDSClient(client).send(
      new DescribeDBClusterSnapshotsCommand({ SnapshotType: 'shared' }),
    );
    expect(DBClusterSnapshots).toMatchObject([{ DBClusterSnapshotArn: arn, Status: 'available' }]);
    for (const wrong of [plant, { type: 'automated', cluster: 'nobody' }, { type: 'manual' }]) {
      expect((await ask(`${aws.url}/_sim/snapshots`, 'POST', wrong)).status).toBe(400);
    }
  });

  it('advances a stepped clock, which has no speed', async () => {
    const { aws } = await startSteppedAws();
    expect(await ask(`${aws.url}/_sim/clock`, 'POST', { advance: 60 })).toEqual({
      status: 200,
      json: { now: '2026-11-20T09:01:00.000Z', kind: 'stepped' },
    });
    expect((await ask(`${aws.url}/_sim/clock`, 'POST', { speed: 2 })).status).toBe(400);
    expect((await ask(`${aws.url}/_sim/clock`, 'POST', { advance: -1 })).status).toBe(400);
  });

  it('does not answer what it does not know', async () => {
    const { aws } = await startSteppedAws();
    expect((await ask(`${aws.url}/_sim/unknown`)).status).toBe(404);
  });
});

describe('the control API of a running clock', () => {
  const clock = createRunningClock({ speed: 1 });
  afterEach(() => clock.stop());

  it('changes its speed, and refuses one of 0', async () => {
    const aws = await startAwsSimulator({ clock });
    try {
      expect((await ask(`${aws.url}/_sim/clock`, 'POST', { speed: 60 })).json).toMatchObject({ speed: 60 });
      expect(clock.speed).toBe(60);
      expect((await ask(`${aws.url}/_sim/clock`, 'POST', { speed: 0 })).status).toBe(400);
      expect((await ask(`${aws.url}/_sim/clock`, 'POST', { advance: 1 })).status).toBe(400);
    } finally {
      await aws.close();
    }
  });
});

describe('the port', () => {
  it('shows the account to people and to programs', async () => {
    const { aws } = await startSteppedAws();
    const page = await fetch(`${aws.url}/_sim`);
    expect(page.headers.get('content-type')).toContain('text/html');
    expect((await ask(`${aws.url}/_sim/resources`)).json).toMatchObject({ accountId: '123456789012', resources: [] });
  });

  it('takes a request to the load balancer by path and by host', async () => {
    const { aws } = await startSteppedAws();
    const byPath = await fetch(`${aws.url}/_lb/443/api.pr-7.example/health`);
    expect([byPath.status, byPath.headers.get('x-sim-error')]).toEqual([599, 'NXDOMAIN']);
    expect(await byPath.text()).toContain('api.pr-7.example');
    const byHost = await new Promise<number | undefined>((resolve, reject) => {
      const options = { port: aws.port, host: '127.0.0.1', headers: { host: 'api.pr-7.example' } };
      get(options, (response) => resolve(response.resume().statusCode)).on('error', reject);
    });
    expect(byHost).toBe(599);
  });

  it('tells an unsigned request and a service it does not have apart', async () => {
    const { aws } = await startSteppedAws();
    const unsigned = await fetch(aws.url);
    expect([unsigned.status, unsigned.headers.get('x-amzn-errortype')]).toEqual([403, 'MissingAuthenticationToken']);
    const signed = { authorization: 'AWS4-HMAC-SHA256 Credential=a/20261120/eu-west-1/glacier/aws4_request' };
    const unknown = await fetch(aws.url, { method: 'POST', headers: signed });
    expect([unknown.status, await unknown.json()]).toEqual([
      400,
      { __type: 'InvalidAction', message: 'The local cloud has no service glacier.' },
    ]);
  });

  it('may be closed twice', async () => {
    const { aws } = await startSteppedAws();
    await aws.close();
    await aws.close();
    await expect(fetch(aws.url)).rejects.toThrow();
  });
});
