import { CreateSecretCommand, DeleteSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { describe, expect, it } from '@jest/globals';
import {
  allTasks,
  createService,
  type Platform,
  registerTaskDefinition,
  startPlatform,
  webContainer,
} from './platform.ts';

async function startWithSecret(platform: Platform, valueFrom: string) {
  await registerTaskDefinition(platform, {
    containerDefinitions: [{ ...webContainer, secrets: [{ name: 'DB_PASSWORD', valueFrom }] }],
  });
  await createService(platform);
  platform.clock.advance(70);
  // A failed task has been replaced by the time its end is seen.
  const tasks = await allTasks(platform);
  const task = tasks.find(({ stoppedReason }) => stoppedReason !== undefined) ?? tasks[0];
  const [held] = platform.world.ecs.tasks.values();
  return { task, environment: held?.containers[0]?.environment };
}

describe('the secrets of a container', () => {
  it('come from a JSON key of a secret', async () => {
    const platform = await startPlatform();
    const secrets = new SecretsManagerClient(platform.client);
    const { ARN } = await secrets.send(
      new CreateSecretCommand({
        Name: 'pr-1/db',
        SecretString: JSON.stringify({ user: 'u', password: 'correct horse' }),
      }),
    );

    const { task, environment } = await startWithSecret(platform, `${ARN}:password::`);

    expect(task?.lastStatus).toBe('RUNNING');
    expect(environment?.get('DB_PASSWORD')).toBe('correct horse');
  });

  it('come from a parameter by name or by ARN', async () => {
    for (const reference of ['/pr-1/db', 'arn:aws:ssm:eu-west-1:123456789012:parameter/pr-1/db']) {
      const platform = await startPlatform();
      const ssm = new SSMClient(platform.client);
      await ssm.send(new PutParameterCommand({ Name: '/pr-1/db', Type: 'SecureString', Value: 'battery staple' }));

      const { environment } = await startWithSecret(platform, reference);

      expect(environment?.get('DB_PASSWORD')).toBe('battery staple');
    }
  });

  it('keep the task from starting when there is no such secret, key or parameter', async () => {
    const platform = await startPlatform();
    const secrets = new SecretsManagerClient(platform.client);
    const { ARN } = await secrets.send(new CreateSecretCommand({ Name: 'pr-1/db', SecretString: '{"user":"u"}' }));

    for (const [valueFrom, reason] of [
      [`${ARN}:password::`, /^ResourceInitializationError: .*did not contain json key password$/],
      [`${ARN}x`, /^ResourceInitializationError: .*ResourceNotFoundException: Secrets Manager can't find/],
      ['/pr-1/none', /^ResourceInitializationError: .*invalid parameters: \/pr-1\/none$/],
    ] as const) {
      const other = await startPlatform();
      const source = valueFrom.startsWith('arn') ? platform.world.secretsManager.secrets : new Map();
      for (const [name, secret] of source) {
        other.world.secretsManager.secrets.set(name, secret);
      }
      const { task } = await startWithSecret(other, valueFrom);
      expect(task?.stoppedReason).toMatch(reason);
    }
  });

  it('keep the task from starting when the secret is marked for deletion', async () => {
    const platform = await startPlatform();
    const secrets = new SecretsManagerClient(platform.client);
    const { ARN = '' } = await secrets.send(new CreateSecretCommand({ Name: 'pr-1/db', SecretString: 'x' }));
    await secrets.send(new DeleteSecretCommand({ SecretId: ARN }));

    const { task } = await startWithSecret(platform, ARN);

    expect(task?.stoppedReason).toMatch(/marked for deletion/);
  });
});
