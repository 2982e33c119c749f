import { CreateDBClusterCommand, DeleteDBClusterCommand } from '@aws-sdk/client-rds';
import { GetSecretValueCommand, ListSecretsCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { type Aurora, startAurora } from './aurora.ts';

let aurora: Aurora;
let secrets: SecretsManagerClient;

beforeEach(async () => {
  aurora = await startAurora();
  secrets = new SecretsManagerClient(aurora.client);
  await aurora.rds.send(
    new CreateDBClusterCommand({
      DBClusterIdentifier: 'managed',
      Engine: 'aurora-mysql',
      DBSubnetGroupName: (await aurora.cluster('golden')).DBSubnetGroup,
      MasterUsername: 'admin',
      ManageMasterUserPassword: true,
      MasterUserSecretKmsKeyId: 'alias/ours',
    }),
  );
});

describe('a master password that RDS manages', () => {
  it('is kept in a secret that the cluster names', async () => {
    expect((await aurora.cluster('managed')).MasterUserSecret?.SecretStatus).toBe('creating');
    aurora.clock.advance(aurora.world.durations.newClusterAvailable);
    const { DBClusterArn, MasterUserSecret } = await aurora.cluster('managed');

    expect(MasterUserSecret).toMatchObject({ SecretStatus: 'active', KmsKeyId: 'alias/ours' });
    const { Name, SecretString = '' } = await secrets.send(
      new GetSecretValueCommand({ SecretId: MasterUserSecret?.SecretArn }),
    );
    expect(Name).toMatch(/^rds!cluster-/);
    expect(JSON.parse(SecretString)).toEqual({ username: 'admin', password: expect.stringMatching(/^.{20,}$/) });
    const { SecretList = [] } = await secrets.send(new ListSecretsCommand({}));
    expect(SecretList[0]?.Tags).toContainEqual({ Key: 'aws:rds:primaryDBClusterArn', Value: DBClusterArn });
  });

  it('goes with its cluster, and no sooner', async () => {
    aurora.clock.advance(aurora.world.durations.newClusterAvailable);
    await aurora.rds.send(new DeleteDBClusterCommand({ DBClusterIdentifier: 'managed', SkipFinalSnapshot: true }));
    expect((await secrets.send(new ListSecretsCommand({}))).SecretList).toHaveLength(1);

    aurora.clock.advance(aurora.world.durations.clusterDeleted);
    expect((await secrets.send(new ListSecretsCommand({}))).SecretList).toEqual([]);
  });
});
