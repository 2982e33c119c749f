import { CreateSecretCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { PutParameterCommand, type SSMClient } from '@aws-sdk/client-ssm';
import { unlessThere } from './unless-there.ts';

export interface SeededSecret {
  readonly name: string;
  readonly members: Readonly<Record<string, string>>;
}

export interface SeededParameter {
  readonly name: string;
  readonly value: string;
  readonly secure?: boolean;
}

/** The secrets and parameters that environments copy. */
export async function seedStores(
  clients: { secrets: SecretsManagerClient; ssm: SSMClient },
  { secrets, parameters }: { secrets: readonly SeededSecret[]; parameters: readonly SeededParameter[] },
): Promise<void> {
  for (const { name, members } of secrets) {
    const SecretString = JSON.stringify(members);
    await unlessThere(
      ['ResourceExistsException'],
      async () => await clients.secrets.send(new CreateSecretCommand({ Name: name, SecretString })),
    );
  }
  for (const { name, value, secure = false } of parameters) {
    const Type = secure ? 'SecureString' : 'String';
    await clients.ssm.send(new PutParameterCommand({ Name: name, Value: value, Type, Overwrite: true }));
  }
}
