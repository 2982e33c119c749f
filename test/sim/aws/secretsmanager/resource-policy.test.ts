import {
  CreateSecretCommand,
  DeleteResourcePolicyCommand,
  GetResourcePolicyCommand,
  ListSecretVersionIdsCommand,
  PutResourcePolicyCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { expect, it } from '@jest/globals';
import { startSteppedAws } from '../../../support/aws-simulator.ts';

const SecretId = 'pr-1/db';

async function start() {
  const { client } = await startSteppedAws({ rateLimits: false });
  const secrets = new SecretsManagerClient(client);
  const { VersionId } = await secrets.send(new CreateSecretCommand({ Name: SecretId, SecretString: 'first' }));
  return { secrets, first: VersionId };
}

it('a secret has the resource policy it was given, and none before and after', async () => {
  const { secrets } = await start();
  const policy = async () => (await secrets.send(new GetResourcePolicyCommand({ SecretId }))).ResourcePolicy;
  expect(await policy()).toBeUndefined();

  const ResourcePolicy = JSON.stringify({ Version: '2012-10-17', Statement: [] });
  await secrets.send(new PutResourcePolicyCommand({ SecretId, ResourcePolicy }));
  expect(await policy()).toBe(ResourcePolicy);

  await secrets.send(new DeleteResourcePolicyCommand({ SecretId }));
  expect(await policy()).toBeUndefined();
});

it('a resource policy is a JSON object', async () => {
  const { secrets } = await start();
  for (const ResourcePolicy of ['{', '[]', '"text"']) {
    const put = secrets.send(new PutResourcePolicyCommand({ SecretId, ResourcePolicy }));
    await expect(put).rejects.toMatchObject({ name: 'MalformedPolicyDocumentException' });
  }
});

it('the versions of a secret are listed with their stages, page by page', async () => {
  const { secrets, first } = await start();
  const { VersionId: second } = await secrets.send(new PutSecretValueCommand({ SecretId, SecretString: 'second' }));

  const page = await secrets.send(new ListSecretVersionIdsCommand({ SecretId, MaxResults: 1 }));
  const rest = await secrets.send(new ListSecretVersionIdsCommand({ SecretId, NextToken: page.NextToken }));

  expect([...(page.Versions ?? []), ...(rest.Versions ?? [])]).toMatchObject([
    { VersionId: first, VersionStages: ['AWSPREVIOUS'] },
    { VersionId: second, VersionStages: ['AWSCURRENT'] },
  ]);
  await expect(secrets.send(new ListSecretVersionIdsCommand({ SecretId: 'missing' }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
});
