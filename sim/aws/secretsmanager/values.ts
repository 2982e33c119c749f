import type {
  GetSecretValueRequest,
  GetSecretValueResponse,
  PutSecretValueRequest,
  PutSecretValueResponse,
  UpdateSecretRequest,
  UpdateSecretResponse,
} from '@aws-sdk/client-secrets-manager';
import { Refusal } from '../wire/refusal.ts';
import type { Handler } from '../wire/service.ts';
import type { World } from '../world.ts';
import { livingSecret, versionOf } from './lookup.ts';
import { addVersion, valueIn } from './secret-value.ts';

function getSecretValue(world: World, input: GetSecretValueRequest): GetSecretValueResponse {
  const secret = livingSecret(world, input.SecretId);
  const version = versionOf(secret, { id: input.VersionId, stage: input.VersionStage });
  if (!version) {
    const sought =
      input.VersionId === undefined
        ? `staging label: ${input.VersionStage ?? 'AWSCURRENT'}`
        : `VersionId: ${input.VersionId}`;
    throw new Refusal(
      'ResourceNotFoundException',
      `Secrets Manager can't find the specified secret value for ${sought}`,
    );
  }
  const { text, binary } = version.value;
  return {
    ARN: secret.arn,
    Name: secret.name,
    VersionId: version.id,
    ...(text !== undefined && { SecretString: text }),
    ...(binary !== undefined && { SecretBinary: binary }),
    VersionStages: [...version.stages],
    CreatedDate: version.createdAt,
  };
}

function putSecretValue(world: World, input: PutSecretValueRequest): PutSecretValueResponse {
  const secret = livingSecret(world, input.SecretId);
  const value = valueIn(input);
  if (!value) {
    throw new Refusal('InvalidRequestException', 'You must provide either SecretString or SecretBinary.');
  }
  const version = addVersion(world, secret, { id: input.ClientRequestToken, value, stages: input.VersionStages });
  return { ARN: secret.arn, Name: secret.name, VersionId: version.id, VersionStages: [...version.stages] };
}

function updateSecret(world: World, input: UpdateSecretRequest): UpdateSecretResponse {
  const secret = livingSecret(world, input.SecretId);
  const value = valueIn(input);
  secret.description = input.Description ?? secret.description;
  secret.kmsKeyId = input.KmsKeyId ?? secret.kmsKeyId;
  secret.changedAt = world.clock.now();
  const version = value && addVersion(world, secret, { id: input.ClientRequestToken, value });
  return { ARN: secret.arn, Name: secret.name, ...(version && { VersionId: version.id }) };
}

export function valueHandlers(world: World): Record<string, Handler> {
  return {
    GetSecretValue: (input: GetSecretValueRequest) => getSecretValue(world, input),
    PutSecretValue: (input: PutSecretValueRequest) => putSecretValue(world, input),
    UpdateSecret: (input: UpdateSecretRequest) => updateSecret(world, input),
  };
}
