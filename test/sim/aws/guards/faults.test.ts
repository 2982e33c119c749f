import { CreateVpcCommand, DescribeVpcsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { DescribeDBClustersCommand, RDSClient } from '@aws-sdk/client-rds';
import { describe, expect, it } from '@jest/globals';
import { startSteppedAws } from '../../../support/aws-simulator.ts';

async function start() {
  const { aws, clock, client } = await startSteppedAws();
  return { aws, clock, client, rds: new RDSClient(client), ec2: new EC2Client(client) };
}

const describeClusters = new DescribeDBClustersCommand({});

describe('a fault', () => {
  it('strikes the nth matching call, as often as it is told to', async () => {
    const { aws, rds } = await start();
    aws.faults.add({
      service: 'rds',
      operation: 'DescribeDBClusters',
      nth: 2,
      times: 2,
      effect: { kind: 'error', code: 'DBClusterNotFoundFault', message: 'gone' },
    });
    const outcomes: string[] = [];
    for (let call = 1; call <= 4; call++) {
      outcomes.push(
        await rds.send(describeClusters).then(
          () => 'ok',
          (error: Error) => error.name,
        ),
      );
    }
    expect(outcomes).toEqual(['ok', 'DBClusterNotFoundFault', 'DBClusterNotFoundFault', 'ok']);
    expect(aws.faults.list()).toMatchObject([{ matched: 4, struck: 2 }]);
  });

  it("carries the model's wire code and status, or those it is given", async () => {
    const { aws, rds } = await start();
    aws.faults.add({ effect: { kind: 'error', code: 'DBInstanceNotFoundFault' } });
    await expect(rds.send(describeClusters)).rejects.toMatchObject({
      name: 'DBInstanceNotFoundFault',
      Code: 'DBInstanceNotFound',
      $metadata: { httpStatusCode: 404 },
    });
    aws.faults.add({ effect: { kind: 'error', code: 'ServiceUnavailable', status: 503 } });
    await expect(rds.send(describeClusters)).rejects.toMatchObject({
      name: 'ServiceUnavailable',
      $metadata: { httpStatusCode: 503 },
    });
  });

  it('leaves calls of other services and operations alone', async () => {
    const { aws, rds, ec2 } = await start();
    aws.faults.add({ service: 'ec2', operation: 'DescribeVpcs', effect: { kind: 'throttle' } });
    await rds.send(describeClusters);
    await expect(ec2.send(new DescribeVpcsCommand({}))).rejects.toMatchObject({
      name: 'RequestLimitExceeded',
      $metadata: { httpStatusCode: 503 },
    });
  });

  it('leaves the calls of others alone when it is for one access key', async () => {
    const { aws, client, rds } = await start();
    const other = new RDSClient({ ...client, credentials: { accessKeyId: 'other', secretAccessKey: 'local' } });
    aws.faults.add({ accessKeyId: 'other', effect: { kind: 'throttle' } });
    await rds.send(describeClusters);
    await expect(other.send(describeClusters)).rejects.toMatchObject({ name: 'ThrottlingException' });
    expect(aws.faults.list()).toMatchObject([{ matched: 1, struck: 1 }]);
  });

  it('drops the answer after the work, or the request before it', async () => {
    const { aws, ec2 } = await start();
    const create = new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' });
    aws.faults.add({ operation: 'CreateVpc', effect: { kind: 'drop-response' } });
    await expect(ec2.send(create)).rejects.toThrow();
    expect(aws.world.ec2.vpcs.size).toBe(1);
    aws.faults.add({ operation: 'CreateVpc', effect: { kind: 'drop-request' } });
    await expect(ec2.send(create)).rejects.toThrow();
    expect(aws.world.ec2.vpcs.size).toBe(1);
    expect(aws.requestLog.of('ec2', 'CreateVpc').map(({ outcome }) => outcome)).toEqual(['dropped', 'dropped']);
  });

  it('delays the work by the simulated clock', async () => {
    const { aws, clock, ec2 } = await start();
    aws.faults.add({ operation: 'CreateVpc', effect: { kind: 'delay', seconds: 30 } });
    const struck = new Promise<void>((resolve) => {
      const waiting = setInterval(() => {
        if (aws.faults.list()[0]?.struck === 1) {
          clearInterval(waiting);
          resolve();
        }
      }, 1);
    });
    const answer = ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }));
    await struck;
    clock.advance(29);
    expect(aws.world.ec2.vpcs.size).toBe(0);
    clock.advance(1);
    await answer;
    expect(aws.requestLog.of('ec2', 'CreateVpc')).toMatchObject([{ outcome: 'ok', durationSeconds: 30 }]);
  });

  it('is removed by its id, or with all others', async () => {
    const { aws, rds } = await start();
    const first = aws.faults.add({ effect: { kind: 'throttle' } });
    aws.faults.add({ effect: { kind: 'throttle' } });
    expect(aws.faults.remove(first)).toBe(true);
    expect(aws.faults.remove(first)).toBe(false);
    expect(aws.faults.list()).toHaveLength(1);
    aws.faults.clear();
    await rds.send(describeClusters);
  });
});
