import { DescribeDBClustersCommand, RDSClient } from '@aws-sdk/client-rds';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { describe, expect, it } from '@jest/globals';
import { createRequestLog, type LoggedCall } from '../../../../sim/aws/guards/request-log.ts';
import type { Call } from '../../../../sim/aws/wire/guard.ts';
import { createSteppedClock } from '../../../../sim/clock.ts';
import { startSteppedAws } from '../../../support/aws-simulator.ts';

describe('the request log', () => {
  it('keeps what was asked, when, and what became of it, by the code on the wire', async () => {
    const { aws, clock, client } = await startSteppedAws();
    const rds = new RDSClient(client);
    aws.faults.add({ effect: { kind: 'error', code: 'DBInstanceNotFoundFault' } });
    clock.advance(5);
    const missing = rds.send(new DescribeDBClustersCommand({ DBClusterIdentifier: 'pr-7' }));
    const { $metadata } = (await missing.catch((error: unknown) => error)) as { $metadata: { requestId: string } };
    expect(aws.requestLog.calls()).toEqual([
      {
        requestId: $metadata.requestId,
        accessKeyId: 'local',
        service: 'rds',
        operation: 'DescribeDBClusters',
        input: { DBClusterIdentifier: 'pr-7' },
        at: new Date('2026-11-20T09:00:05Z'),
        durationSeconds: 0,
        outcome: 'DBInstanceNotFound',
      },
    ]);
    expect($metadata.requestId).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  });

  it('counts by service and operation', async () => {
    const { aws, client } = await startSteppedAws();
    const rds = new RDSClient(client);
    await rds.send(new DescribeDBClustersCommand({}));
    await rds.send(new DescribeDBClustersCommand({}));
    await new STSClient(client).send(new GetCallerIdentityCommand({}));
    const { requestLog } = aws;
    expect([requestLog.count(), requestLog.count('rds'), requestLog.count('rds', 'DescribeDBClusters')]).toEqual([
      3, 2, 2,
    ]);
    expect(requestLog.count('sts', 'DescribeDBClusters')).toBe(0);
    expect(requestLog.of('sts')).toHaveLength(1);
    requestLog.clear();
    expect([requestLog.count(), requestLog.calls().length]).toEqual([0, 0]);
  });

  it('keeps the stack of a handler that fails by mistake, and its caller gets InternalFailure', async () => {
    const { aws, client } = await startSteppedAws();
    aws.world.rds.clusters.values = () => {
      throw new TypeError('a mistake');
    };
    const answer = new RDSClient(client).send(new DescribeDBClustersCommand({}));
    await expect(answer).rejects.toMatchObject({ name: 'InternalFailure', $metadata: { httpStatusCode: 500 } });
    expect(aws.requestLog.of('rds')).toMatchObject([
      { outcome: 'crashed', stack: expect.stringContaining('TypeError: a mistake') },
    ]);
  });

  it('tells subscribers until they have had enough, and forgets the oldest calls', async () => {
    const log = createRequestLog(createSteppedClock(), { capacity: 4 });
    const told: string[] = [];
    const end = log.onCall((call: LoggedCall) => told.push(call.operation));
    const make = async (operation: string): Promise<void> => {
      const call: Call = {
        service: 'rds',
        operation,
        input: {},
        requestId: '',
        headers: {},
        wireCodeOf: ({ code }) => code,
      };
      await log.guard(call, async () => await Promise.resolve());
    };
    for (const operation of ['A', 'B', 'C', 'D', 'E']) {
      await make(operation);
    }
    end();
    await make('F');
    expect(told).toEqual(['A', 'B', 'C', 'D', 'E']);
    expect(log.calls().map(({ operation }) => operation)).toEqual(['D', 'E', 'F']);
    expect(log.count()).toBe(6);
  });
});
