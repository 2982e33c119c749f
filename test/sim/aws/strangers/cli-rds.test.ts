import { expect, it } from '@jest/globals';
import { describeWithAwsCli, runAwsCli } from '../../../support/aws-cli.ts';
import { startSteppedAws } from '../../../support/aws-simulator.ts';

const CLI_TIMEOUT_MS = 60_000;

/** Words of a command line; none of them holds a space. */
const words = (line: string): string[] => line.trim().split(/\s+/);

describeWithAwsCli('the AWS CLI and RDS', () => {
  it(
    'make a golden cluster, clone it, give the clone a writer, and delete it again',
    async () => {
      const { aws, clock } = await startSteppedAws();
      const { durations } = aws.world;
      const cli = async (line: string) => await runAwsCli(aws.url, ['rds', ...words(line)]);
      const scaling = '--serverless-v2-scaling-configuration MinCapacity=0,MaxCapacity=2';

      const golden = await cli(
        `create-db-cluster --db-cluster-identifier Golden --engine aurora-mysql --master-username admin
         --master-user-password golden-password ${scaling} --tags Key=Team,Value=data Key=Empty,Value=`,
      );
      expect(golden).toMatchObject({
        exitCode: 0,
        json: { DBCluster: { DBClusterIdentifier: 'golden', Status: 'creating' } },
      });
      clock.advance(durations.newClusterAvailable);
      await cli(
        'create-db-instance --db-instance-identifier golden-1 --db-cluster-identifier golden --engine aurora-mysql --db-instance-class db.serverless',
      );
      clock.advance(durations.instanceAvailable);

      const clone = await cli(
        `restore-db-cluster-to-point-in-time --db-cluster-identifier pr-7 --source-db-cluster-identifier golden
         --restore-type copy-on-write --use-latest-restorable-time ${scaling} --no-deletion-protection
         --tags Key=Environment,Value=pr-7`,
      );
      expect(clone.json).toMatchObject({ DBCluster: { Status: 'creating', DeletionProtection: false } });
      clock.advance(durations.cloneClusterAvailable);
      const described = await cli('describe-db-clusters --db-cluster-identifier pr-7');
      expect(described.json).toMatchObject({
        DBClusters: [
          {
            Status: 'available',
            MasterUsername: 'admin',
            TagList: [{ Key: 'Environment', Value: 'pr-7' }],
            ServerlessV2ScalingConfiguration: { MinCapacity: 0, MaxCapacity: 2, SecondsUntilAutoPause: 300 },
          },
        ],
      });

      const deleted = await cli('delete-db-cluster --db-cluster-identifier pr-7 --skip-final-snapshot');
      expect(deleted.json).toMatchObject({ DBCluster: { Status: 'available' } });
      clock.advance(durations.clusterDeleted);
      const gone = await cli('describe-db-clusters --db-cluster-identifier pr-7');
      // 255 of the CLI's version 1, 254 of version 2.
      expect([254, 255]).toContain(gone.exitCode);
      expect(gone.json).toBeUndefined();
      expect(gone.stderr).toContain(
        'An error occurred (DBClusterNotFoundFault) when calling the DescribeDBClusters operation: DBCluster pr-7 not found.',
      );
    },
    CLI_TIMEOUT_MS,
  );

  it(
    'take a snapshot of a cluster, share it, restore it, and delete it',
    async () => {
      const { aws, clock } = await startSteppedAws();
      const { durations } = aws.world;
      const cli = async (line: string) => await runAwsCli(aws.url, ['rds', ...words(line)]);
      await cli(
        `create-db-cluster --db-cluster-identifier golden --engine aurora-mysql --master-username admin
         --master-user-password golden-password`,
      );
      clock.advance(durations.newClusterAvailable);
      const taken = await cli(
        `create-db-cluster-snapshot --db-cluster-identifier golden --db-cluster-snapshot-identifier before
         --tags Key=Purpose,Value=masking`,
      );
      expect(taken.json).toMatchObject({ DBClusterSnapshot: { Status: 'creating', SnapshotType: 'manual' } });
      clock.advance(durations.snapshotCreated);
      const listed = await cli('describe-db-cluster-snapshots --db-cluster-identifier golden --snapshot-type manual');
      expect(listed.json).toMatchObject({
        DBClusterSnapshots: [{ Status: 'available', TagList: [{ Key: 'Purpose', Value: 'masking' }] }],
      });
      await cli(
        `modify-db-cluster-snapshot-attribute --db-cluster-snapshot-identifier before --attribute-name restore
         --values-to-add 210987654321`,
      );
      const shared = await cli('describe-db-cluster-snapshot-attributes --db-cluster-snapshot-identifier before');
      expect(shared.json).toMatchObject({
        DBClusterSnapshotAttributesResult: {
          DBClusterSnapshotAttributes: [{ AttributeName: 'restore', AttributeValues: ['210987654321'] }],
        },
      });
      const restored = await cli(
        `restore-db-cluster-from-snapshot --db-cluster-identifier masked --snapshot-identifier before
         --engine aurora-mysql --serverless-v2-scaling-configuration MinCapacity=0,MaxCapacity=2`,
      );
      expect(restored.json).toMatchObject({ DBCluster: { Status: 'creating', MasterUsername: 'admin' } });
      const copied = await cli(
        `copy-db-cluster-snapshot --source-db-cluster-snapshot-identifier before
         --target-db-cluster-snapshot-identifier kept --copy-tags`,
      );
      expect(copied.json).toMatchObject({ DBClusterSnapshot: { Status: 'copying' } });
      await cli('delete-db-cluster-snapshot --db-cluster-snapshot-identifier before');
      const gone = await cli('describe-db-cluster-snapshots --db-cluster-snapshot-identifier before');
      expect(gone.stderr).toContain('(DBClusterSnapshotNotFoundFault)');
    },
    CLI_TIMEOUT_MS,
  );

  it(
    'make a PostgreSQL instance outside clusters, change it, and delete it',
    async () => {
      const { aws, clock } = await startSteppedAws();
      const { durations } = aws.world;
      const cli = async (line: string) => await runAwsCli(aws.url, ['rds', ...words(line)]);
      const created = await cli(
        `create-db-instance --db-instance-identifier state --engine postgres --engine-version 17
         --db-instance-class db.t4g.micro --allocated-storage 20 --master-username mayfly
         --manage-master-user-password --deletion-protection --tags Key=Team,Value=ours`,
      );
      expect(created.json).toMatchObject({
        DBInstance: {
          DBInstanceStatus: 'creating',
          StorageType: 'gp3',
          MasterUserSecret: { SecretStatus: 'creating' },
        },
      });
      clock.advance(durations.plainInstanceCreated);
      clock.advance(durations.firstBackup);
      const refused = await cli('delete-db-instance --db-instance-identifier state --skip-final-snapshot');
      expect(refused.stderr).toContain('(InvalidParameterCombination)');
      await cli('modify-db-instance --db-instance-identifier state --no-deletion-protection');
      await cli('delete-db-instance --db-instance-identifier state --skip-final-snapshot');
      clock.advance(durations.instanceDeleted);
      expect((await cli('describe-db-instances')).json).toEqual({ DBInstances: [] });
    },
    CLI_TIMEOUT_MS,
  );

  it(
    'reads wire codes, quotes and a filter of many values',
    async () => {
      const { aws } = await startSteppedAws();
      const missing = await runAwsCli(aws.url, words('rds describe-db-instances --db-instance-identifier pr-7-1'));
      expect(missing.stderr).toContain('(DBInstanceNotFound)');
      const filtered = await runAwsCli(
        aws.url,
        words('rds describe-db-clusters --filters Name=db-cluster-id,Values=one,two Name=engine,Values=aurora-mysql'),
      );
      expect(filtered).toMatchObject({ exitCode: 0, json: { DBClusters: [] } });
      expect(aws.requestLog.of('rds', 'DescribeDBClusters')[0]?.input).toEqual({
        Filters: [
          { Name: 'db-cluster-id', Values: ['one', 'two'] },
          { Name: 'engine', Values: ['aurora-mysql'] },
        ],
      });
      aws.faults.add({ effect: { kind: 'error', code: 'InvalidParameterValue', message: 'a < b & "c" > d' } });
      const quoted = await runAwsCli(aws.url, words('rds describe-db-clusters'));
      expect(quoted.stderr).toContain('(InvalidParameterValue)');
      expect(quoted.stderr).toContain('a < b & "c" > d');
    },
    CLI_TIMEOUT_MS,
  );
});
