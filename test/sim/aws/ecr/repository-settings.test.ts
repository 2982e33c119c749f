import {
  CreateRepositoryCommand,
  DeleteLifecyclePolicyCommand,
  DescribeRepositoriesCommand,
  ECRClient,
  GetLifecyclePolicyCommand,
  PutImageScanningConfigurationCommand,
  PutImageTagMutabilityCommand,
  PutLifecyclePolicyCommand,
} from '@aws-sdk/client-ecr';
import { describe, expect, it } from '@jest/globals';
import { startSteppedAws } from '../../../support/aws-simulator.ts';

const repositoryName = 'vol-app/api';
const expire = (rulePriority: number) => ({ rulePriority, action: { type: 'expire' } });

async function start() {
  const { client } = await startSteppedAws({ rateLimits: false });
  const ecr = new ECRClient(client);
  await ecr.send(new CreateRepositoryCommand({ repositoryName }));
  return ecr;
}

describe('a repository', () => {
  it('is described with the tag mutability and the scanning it was given last', async () => {
    const ecr = await start();
    await ecr.send(new PutImageTagMutabilityCommand({ repositoryName, imageTagMutability: 'IMMUTABLE' }));
    await ecr.send(
      new PutImageScanningConfigurationCommand({ repositoryName, imageScanningConfiguration: { scanOnPush: true } }),
    );

    const { repositories } = await ecr.send(new DescribeRepositoriesCommand({ repositoryNames: [repositoryName] }));
    expect(repositories).toMatchObject([
      { imageTagMutability: 'IMMUTABLE', imageScanningConfiguration: { scanOnPush: true } },
    ]);
  });

  it('says how it was asked to be encrypted, with the key of the account when none was named', async () => {
    const ecr = await start();
    const kms = { repositoryName: 'vol-app/web', encryptionConfiguration: { encryptionType: 'KMS' as const } };
    await ecr.send(new CreateRepositoryCommand(kms));

    const { repositories } = await ecr.send(new DescribeRepositoriesCommand({}));
    expect(repositories?.map(({ encryptionConfiguration }) => encryptionConfiguration)).toEqual([
      { encryptionType: 'AES256' },
      { encryptionType: 'KMS', kmsKey: 'arn:aws:kms:eu-west-1:123456789012:alias/aws/ecr' },
    ]);
  });

  it('holds one lifecycle policy, until that is deleted', async () => {
    const ecr = await start();
    const lifecyclePolicyText = JSON.stringify({ rules: [expire(1)] });
    const get = async () => await ecr.send(new GetLifecyclePolicyCommand({ repositoryName }));
    await expect(get()).rejects.toMatchObject({ name: 'LifecyclePolicyNotFoundException' });

    await ecr.send(new PutLifecyclePolicyCommand({ repositoryName, lifecyclePolicyText }));
    expect((await get()).lifecyclePolicyText).toBe(lifecyclePolicyText);

    await ecr.send(new DeleteLifecyclePolicyCommand({ repositoryName }));
    await expect(get()).rejects.toMatchObject({ name: 'LifecyclePolicyNotFoundException' });
  });

  it('takes no lifecycle policy without rules, or with a priority twice', async () => {
    const ecr = await start();
    for (const text of ['{', 'null', '{"rules":[]}', JSON.stringify({ rules: [expire(1), expire(1)] })]) {
      const put = ecr.send(new PutLifecyclePolicyCommand({ repositoryName, lifecyclePolicyText: text }));
      await expect(put).rejects.toMatchObject({ name: 'InvalidParameterException' });
    }
  });
});
