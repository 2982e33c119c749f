import {
  CreateDBClusterCommand,
  CreateDBInstanceCommand,
  type CreateDBInstanceMessage,
  DescribeDBInstancesCommand,
} from '@aws-sdk/client-rds';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { isDatabaseReachable } from '../../../../sim/aws/rds/reachability.ts';
import { type Aurora, serverless, startAurora } from './aurora.ts';

describe('an instance of a cluster', () => {
  let aurora: Aurora;
  beforeEach(async () => {
    aurora = await startAurora();
    await aurora.clone('pr-7');
  });

  async function create(more: Partial<CreateDBInstanceMessage> = {}) {
    const input = { ...serverless('pr-7-1', 'pr-7'), ...more };
    return (await aurora.rds.send(new CreateDBInstanceCommand(input))).DBInstance;
  }

  it('is refused while its cluster is being created', async () => {
    await expect(create()).rejects.toMatchObject({ name: 'InvalidDBClusterStateFault' });
  });

  it('takes minutes, and only then has an endpoint', async () => {
    aurora.clock.advance(aurora.world.durations.cloneClusterAvailable);
    expect(await create()).toMatchObject({ DBInstanceStatus: 'creating', DBClusterIdentifier: 'pr-7' });
    expect((await aurora.instance('pr-7-1')).Endpoint).toBeUndefined();
    aurora.clock.advance(aurora.world.durations.instanceAvailable);
    expect(await aurora.instance('pr-7-1')).toMatchObject({
      DBInstanceStatus: 'available',
      Endpoint: { Port: 3306, Address: expect.stringMatching(/^pr-7-1\.c/) },
    });
  });

  it('makes the database reachable, not the cluster alone', async () => {
    aurora.clock.advance(aurora.world.durations.cloneClusterAvailable);
    const endpoint = (await aurora.cluster('pr-7')).Endpoint ?? '';
    expect(isDatabaseReachable(aurora.world, endpoint)).toBe(false);
    await aurora.addInstance('pr-7-1', 'pr-7');
    expect(isDatabaseReachable(aurora.world, `${endpoint.toUpperCase()}:3306`)).toBe(true);
    await aurora.deleteInstance('pr-7-1');
    expect(isDatabaseReachable(aurora.world, endpoint)).toBe(false);
    expect(isDatabaseReachable(aurora.world, 'elsewhere.example')).toBe(false);
  });

  it('is refused as db.serverless when the cluster has no scaling range', async () => {
    await aurora.rds.send(
      new CreateDBClusterCommand({
        DBClusterIdentifier: 'plain',
        Engine: 'aurora-mysql',
        MasterUsername: 'admin',
        MasterUserPassword: 'plain-password',
      }),
    );
    aurora.clock.advance(aurora.world.durations.newClusterAvailable);
    await expect(create({ DBClusterIdentifier: 'plain' })).rejects.toMatchObject({
      name: 'InvalidDBClusterStateFault',
      message:
        'Set the Serverless v2 scaling configuration on the parent DB cluster before creating a Serverless v2 DB instance.',
    });
    expect((await create({ DBClusterIdentifier: 'plain', DBInstanceClass: 'db.r6g.large' }))?.DBInstanceClass).toBe(
      'db.r6g.large',
    );
  });

  it.each([
    { reason: 'another engine', code: 'InvalidParameterCombination', more: { Engine: 'aurora-postgresql' } },
    { reason: 'a master user of its own', code: 'InvalidParameterCombination', more: { MasterUsername: 'admin' } },
    {
      reason: 'security groups of its own',
      code: 'InvalidParameterCombination',
      more: { VpcSecurityGroupIds: ['sg-0'] },
    },
    { reason: 'an unknown class', code: 'InvalidParameterValue', more: { DBInstanceClass: 'serverless' } },
    { reason: 'a missing cluster', code: 'DBClusterNotFoundFault', more: { DBClusterIdentifier: 'missing' } },
    { reason: 'a taken name', code: 'DBInstanceAlreadyExistsFault', more: { DBInstanceIdentifier: 'Golden-1' } },
  ])('is refused with $reason', async ({ code, more }) => {
    aurora.clock.advance(aurora.world.durations.cloneClusterAvailable);
    await expect(create(more)).rejects.toMatchObject({ name: code });
  });

  it('is refused beyond the quota', async () => {
    aurora.clock.advance(aurora.world.durations.cloneClusterAvailable);
    aurora.world.rds.quotas.instances = 1;
    await expect(create()).rejects.toMatchObject({ name: 'InstanceQuotaExceededFault', Code: 'InstanceQuotaExceeded' });
  });

  it('writes when it is the first, and hands over when it is deleted', async () => {
    await aurora.addInstance('golden-2', 'golden');
    const writers = async () =>
      (await aurora.cluster('golden')).DBClusterMembers?.filter((member) => member.IsClusterWriter).map(
        (member) => member.DBInstanceIdentifier,
      );
    expect(await writers()).toEqual(['golden-1']);
    await aurora.deleteInstance('golden-1');
    expect(await writers()).toEqual(['golden-2']);
  });

  it('writes as soon as it is up when the writer was deleted before', async () => {
    await aurora.rds.send(new CreateDBInstanceCommand(serverless('golden-2', 'golden')));
    await aurora.deleteInstance('golden-1');
    const endpoint = (await aurora.cluster('golden')).Endpoint ?? '';
    expect(isDatabaseReachable(aurora.world, endpoint)).toBe(false);
    aurora.clock.advance(aurora.world.durations.instanceAvailable);
    expect(isDatabaseReachable(aurora.world, endpoint)).toBe(true);
  });

  it('that only reads is reached at the reader endpoint and its own, not at the writer endpoint', async () => {
    await aurora.addInstance('golden-2', 'golden');
    const writer = aurora.world.rds.instances.get('golden-1');
    if (writer) {
      writer.status = 'failed';
    }
    const { Endpoint = '', ReaderEndpoint = '' } = await aurora.cluster('golden');
    const own = (await aurora.instance('golden-2')).Endpoint?.Address ?? '';
    const reached = [Endpoint, ReaderEndpoint, own].map((endpoint) => isDatabaseReachable(aurora.world, endpoint));
    expect(reached).toEqual([false, true, true]);
  });

  it('is found by its cluster, by identifier or ARN, and an unknown filter is refused', async () => {
    await aurora.addInstance('golden-2', 'golden');
    const find = async (Name: string, value: string) => {
      const filter = { Filters: [{ Name, Values: [value] }] };
      const { DBInstances } = await aurora.rds.send(new DescribeDBInstancesCommand(filter));
      return DBInstances?.map((instance) => instance.DBInstanceIdentifier);
    };
    expect(await find('db-cluster-id', 'golden')).toEqual(['golden-1', 'golden-2']);
    const { DBClusterArn = '' } = await aurora.cluster('golden');
    expect(await find('db-cluster-id', DBClusterArn)).toEqual(['golden-1', 'golden-2']);
    expect(await find('db-cluster-id', 'pr-7')).toEqual([]);
    expect(await find('db-instance-id', 'golden-2')).toEqual(['golden-2']);
    await expect(find('tag:Team', 'data')).rejects.toMatchObject({ name: 'InvalidParameterValue' });
  });
});
