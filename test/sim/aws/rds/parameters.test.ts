import {
  CreateDBClusterParameterGroupCommand,
  DescribeDBClusterParameterGroupsCommand,
  DescribeDBClusterParametersCommand,
  DescribeGlobalClustersCommand,
  ModifyDBClusterCommand,
  ModifyDBClusterParameterGroupCommand,
  ModifyDBInstanceCommand,
  type Parameter,
  ResetDBClusterParameterGroupCommand,
} from '@aws-sdk/client-rds';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { type Aurora, startAurora } from './aurora.ts';

const name = { DBClusterParameterGroupName: 'tuned' };
const binlog: Parameter = { ParameterName: 'binlog_format', ParameterValue: 'ROW', ApplyMethod: 'pending-reboot' };
const tls: Parameter = {
  ParameterName: 'require_secure_transport',
  ParameterValue: 'ON',
  ApplyMethod: 'immediate',
};

let aurora: Aurora;
beforeEach(async () => {
  aurora = await startAurora();
  const DBParameterGroupFamily = 'aurora-mysql8.0';
  await aurora.rds.send(
    new CreateDBClusterParameterGroupCommand({ ...name, DBParameterGroupFamily, Description: 'tuned' }),
  );
  await modify([binlog, tls]);
});

async function modify(Parameters: Parameter[], group: string = name.DBClusterParameterGroupName) {
  return await aurora.rds.send(
    new ModifyDBClusterParameterGroupCommand({ DBClusterParameterGroupName: group, Parameters }),
  );
}

async function parametersSet(Source?: string): Promise<Parameter[] | undefined> {
  const { Parameters } = await aurora.rds.send(new DescribeDBClusterParametersCommand({ ...name, Source }));
  return Parameters;
}

describe('the parameters of a cluster parameter group', () => {
  it('are those that were set, as the last one set them', async () => {
    await modify([{ ...binlog, ParameterValue: 'MIXED' }]);

    expect(await parametersSet('user')).toMatchObject([{ ...binlog, ParameterValue: 'MIXED', Source: 'user' }, tls]);
    expect(await parametersSet()).toHaveLength(2);
    expect(await parametersSet('system')).toEqual([]);
  });

  it('go back to what the engine has, one by one or all of them', async () => {
    const reset = async (input: { Parameters?: Parameter[]; ResetAllParameters?: boolean }) =>
      await aurora.rds.send(new ResetDBClusterParameterGroupCommand({ ...name, ...input }));
    await expect(reset({})).rejects.toMatchObject({ name: 'InvalidParameterCombination' });

    await reset({ Parameters: [{ ParameterName: 'binlog_format', ApplyMethod: 'pending-reboot' }] });
    expect(await parametersSet()).toMatchObject([tls]);
    await reset({ ResetAllParameters: true });
    expect(await parametersSet()).toEqual([]);
  });

  it('are set twenty at a time, with values, and not in a default group', async () => {
    const many = Array.from({ length: 21 }, (_, index) => ({ ...binlog, ParameterName: `p${index}` }));
    const invalid = { name: 'InvalidParameterValue' };

    await expect(modify(many)).rejects.toMatchObject(invalid);
    await expect(modify([{ ...binlog, ParameterValue: undefined }])).rejects.toMatchObject(invalid);
    await expect(modify([binlog], 'default.aurora-mysql8.0')).rejects.toMatchObject(invalid);
    await expect(modify([binlog], 'missing')).rejects.toMatchObject({ name: 'DBParameterGroupNotFoundFault' });
    expect(await parametersSet()).toHaveLength(2);
  });
});

it('a cluster parameter group that is not there is asked for in vain, by the fault of plain ones', async () => {
  const missing = new DescribeDBClusterParameterGroupsCommand({ DBClusterParameterGroupName: 'missing' });
  await expect(aurora.rds.send(missing)).rejects.toMatchObject({ name: 'DBParameterGroupNotFoundFault' });
});

it("an instance's copying of tags to snapshots is not its cluster's", async () => {
  const change = { DBClusterIdentifier: 'golden', CopyTagsToSnapshot: true };
  await aurora.rds.send(new ModifyDBClusterCommand(change));
  expect(await aurora.instance('golden-1')).toMatchObject({ CopyTagsToSnapshot: false });

  const DBInstanceIdentifier = 'golden-1';
  await aurora.rds.send(new ModifyDBInstanceCommand({ DBInstanceIdentifier, CopyTagsToSnapshot: true }));
  expect(await aurora.instance('golden-1')).toMatchObject({ CopyTagsToSnapshot: true });
});

it('an account has no global clusters, and none by name', async () => {
  const ask = async (GlobalClusterIdentifier?: string) =>
    await aurora.rds.send(new DescribeGlobalClustersCommand({ GlobalClusterIdentifier }));

  expect((await ask()).GlobalClusters).toEqual([]);
  await expect(ask('world')).rejects.toMatchObject({ name: 'GlobalClusterNotFoundFault' });
});
