import {
  CreateSecretCommand,
  DescribeSecretCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager';
import { describe, expect, it } from '@jest/globals';
import { startSteppedAws } from '../../../support/aws-simulator.ts';

const SecretId = 'pr-1/db';

async function start() {
  const { client } = await startSteppedAws({ rateLimits: false });
  const secrets = new SecretsManagerClient(client);
  const { VersionId: first = '' } = await secrets.send(
    new CreateSecretCommand({ Name: SecretId, SecretString: 'first' }),
  );
  const { VersionId: second = '' } = await secrets.send(
    new PutSecretValueCommand({ SecretId, SecretString: 'second', VersionStages: ['AWSCURRENT', 'extra'] }),
  );
  const update = async (VersionStage: string, { from, to }: { from?: string; to?: string }) =>
    await secrets.send(
      new UpdateSecretVersionStageCommand({ SecretId, VersionStage, RemoveFromVersionId: from, MoveToVersionId: to }),
    );
  const stages = async () => (await secrets.send(new DescribeSecretCommand({ SecretId }))).VersionIdsToStages;
  return { first, second, update, stages };
}

describe('a staging label', () => {
  it('is detached, and attached where it was not', async () => {
    const { first, second, update, stages } = await start();
    await update('extra', { from: second });
    expect(await stages()).toEqual({ [first]: ['AWSPREVIOUS'], [second]: ['AWSCURRENT'] });

    await update('kept', { to: first });
    expect(await stages()).toEqual({ [first]: ['AWSPREVIOUS', 'kept'], [second]: ['AWSCURRENT'] });
  });

  it('moves from the version that is named, and AWSPREVIOUS follows AWSCURRENT', async () => {
    const { first, second, update, stages } = await start();
    const invalid = { name: 'InvalidParameterException' };
    await expect(update('AWSCURRENT', { to: first })).rejects.toMatchObject(invalid);
    await expect(update('AWSCURRENT', { from: second })).rejects.toMatchObject(invalid);

    await update('AWSCURRENT', { from: second, to: first });
    expect(await stages()).toEqual({ [first]: ['AWSCURRENT'], [second]: ['extra', 'AWSPREVIOUS'] });
    await expect(update('extra', { from: second, to: 'missing' })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });
});
