import {
  DescribeSecretCommand,
  PutSecretValueCommand,
  ResourceNotFoundException,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import type { Keeper } from './keeper.ts';

/** The secrets of `infra/modules/app`: `<prefix>/private-key` and `<prefix>/webhook-secret`. */
export function createSecretsKeeper(
  client: SecretsManagerClient,
  { prefix, replace }: { prefix: string; replace: boolean },
): Keeper {
  const privateKeyName = `${prefix}/private-key`;
  const webhookSecretName = `${prefix}/webhook-secret`;

  async function checkOne(name: string): Promise<void> {
    const { VersionIdsToStages = {} } = await described(client, name);
    const hasValue = Object.values(VersionIdsToStages).some((stages) => stages.includes('AWSCURRENT'));
    if (hasValue && !replace) {
      throw new Error(`the secret ${name} has a value already: give --replace if another app is to take its place`);
    }
  }

  return {
    async check() {
      await checkOne(privateKeyName);
      await checkOne(webhookSecretName);
    },
    async keep({ appId, privateKey, webhookSecret }) {
      await client.send(new PutSecretValueCommand({ SecretId: webhookSecretName, SecretString: webhookSecret }));
      await client.send(new PutSecretValueCommand({ SecretId: privateKeyName, SecretString: privateKey }));
      return `${privateKeyName} and ${webhookSecretName} hold its credentials. Give the module \`app\` its id, ${appId}.`;
    },
  };
}

async function described(client: SecretsManagerClient, name: string) {
  try {
    return await client.send(new DescribeSecretCommand({ SecretId: name }));
  } catch (error) {
    if (error instanceof ResourceNotFoundException) {
      throw new Error(`there is no secret ${name} in this account and region: apply infra/modules/app first`);
    }
    throw new Error(`looking at the secret ${name}: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}
