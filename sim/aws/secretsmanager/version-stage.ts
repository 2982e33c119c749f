import type {
  UpdateSecretVersionStageRequest,
  UpdateSecretVersionStageResponse,
} from '@aws-sdk/client-secrets-manager';
import { Refusal } from '../wire/refusal.ts';
import type { Handler } from '../wire/service.ts';
import type { World } from '../world.ts';
import { livingSecret, versionOf } from './lookup.ts';
import { dropUnlabelled } from './secret-value.ts';
import type { Secret, SecretVersion } from './state.ts';

/**
 * Attaches a label, detaches it, or moves it: a label that another version has is taken from it by name only, and
 * AWSPREVIOUS follows a moved AWSCURRENT.
 * https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_UpdateSecretVersionStage.html
 */
function updateStage(world: World, input: UpdateSecretVersionStageRequest): UpdateSecretVersionStageResponse {
  const secret = livingSecret(world, input.SecretId);
  const { VersionStage: stage = '', RemoveFromVersionId: from, MoveToVersionId: to } = input;
  const target = to === undefined ? undefined : versionNamed(secret, to);
  const holder = versionOf(secret, { stage });
  refuseMove({ stage, holder, target, from });
  if (holder && holder !== target && stage === 'AWSCURRENT') {
    attach(secret, holder, 'AWSPREVIOUS');
  }
  attach(secret, target, stage);
  dropUnlabelled(secret);
  secret.changedAt = world.clock.now();
  return { ARN: secret.arn, Name: secret.name };
}

interface Move {
  readonly stage: string;
  readonly holder: SecretVersion | undefined;
  readonly target: SecretVersion | undefined;
  readonly from: string | undefined;
}

function refuseMove({ stage, holder, target, from }: Move): void {
  if (holder !== target && holder?.id !== from) {
    throw new Refusal(
      'InvalidParameterException',
      `The staging label ${stage} is currently attached to version ${holder?.id ?? 'none'}, which RemoveFromVersionId must name.`,
    );
  }
  if (stage === 'AWSCURRENT' && !target) {
    throw new Refusal(
      'InvalidParameterException',
      'The staging label AWSCURRENT can only be moved to another version.',
    );
  }
}

function attach(secret: Secret, target: SecretVersion | undefined, stage: string): void {
  for (const version of secret.versions.values()) {
    version.stages.delete(stage);
  }
  target?.stages.add(stage);
}

function versionNamed(secret: Secret, id: string): SecretVersion {
  const version = versionOf(secret, { id });
  if (!version) {
    throw new Refusal('ResourceNotFoundException', `Secrets Manager can't find the specified secret version: ${id}`);
  }
  return version;
}

export function versionStageHandlers(world: World): Record<string, Handler> {
  return { UpdateSecretVersionStage: (input: UpdateSecretVersionStageRequest) => updateStage(world, input) };
}
