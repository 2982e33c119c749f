import type { CreateSecretRequest, CreateSecretResponse } from '@aws-sdk/client-secrets-manager';
import { Refusal } from '../wire/refusal.ts';
import type { Handler } from '../wire/service.ts';
import type { World } from '../world.ts';
import { addVersion, sameValue, valueIn } from './secret-value.ts';
import type { Secret, SecretValue } from './state.ts';
import { tagsOf } from './tags.ts';

function checkName(name: string): void {
  if (name.length < 1 || name.length > 512 || !/^[A-Za-z0-9/_+=.@-]+$/.test(name)) {
    throw new Refusal(
      'ValidationException',
      'Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!',
    );
  }
}

/** A retry of the request that made the secret gets the same answer; anything else finds the name taken. */
function refuseTaken(secret: Secret, token: string | undefined, value: SecretValue | undefined): void {
  if (secret.deletedAt) {
    throw new Refusal(
      'InvalidRequestException',
      "You can't create this secret because a secret with this name is already scheduled for deletion.",
    );
  }
  const made = token === undefined ? undefined : secret.versions.get(token);
  if (!made || !value || !sameValue(made.value, value)) {
    throw new Refusal(
      'ResourceExistsException',
      `The operation failed because the secret ${secret.name} already exists.`,
    );
  }
}

/** Puts a secret without a value into the world; the name is the caller's to check. */
export function registerSecret(
  world: World,
  name: string,
  settings: Pick<Secret, 'description' | 'kmsKeyId' | 'tags'>,
): Secret {
  const now = world.clock.now();
  const secret: Secret = {
    name,
    arn: `arn:aws:secretsmanager:${world.region}:${world.accountId}:secret:${name}-${world.uniqueHex(6)}`,
    createdAt: now,
    changedAt: now,
    ...settings,
    policy: undefined,
    versions: new Map(),
    deletedAt: undefined,
    cancelDeletion: undefined,
  };
  world.secretsManager.secrets.set(name, secret);
  world.tagIndex.put(secret.arn, secret.tags);
  return secret;
}

function settingsOf({
  Description,
  KmsKeyId,
  Tags,
}: CreateSecretRequest): Pick<Secret, 'description' | 'kmsKeyId' | 'tags'> {
  return { description: Description, kmsKeyId: KmsKeyId, tags: tagsOf(Tags) };
}

function createSecret(world: World, input: CreateSecretRequest): CreateSecretResponse {
  const name = input.Name ?? '';
  checkName(name);
  const value = valueIn(input);
  const existing = world.secretsManager.secrets.get(name);
  if (existing) {
    refuseTaken(existing, input.ClientRequestToken, value);
  }
  const secret = existing ?? registerSecret(world, name, settingsOf(input));
  const version = value && addVersion(world, secret, { id: input.ClientRequestToken, value });
  return { ARN: secret.arn, Name: name, ...(version && { VersionId: version.id }) };
}

export function creatingHandlers(world: World): Record<string, Handler> {
  return { CreateSecret: (input: CreateSecretRequest) => createSecret(world, input) };
}
