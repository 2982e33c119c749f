import type {
  DeleteSecretRequest,
  DeleteSecretResponse,
  RestoreSecretRequest,
  RestoreSecretResponse,
} from '@aws-sdk/client-secrets-manager';
import { Refusal } from '../wire/refusal.ts';
import type { Handler } from '../wire/service.ts';
import type { World } from '../world.ts';
import { findSecret, livingSecret, secretOrRefuse } from './lookup.ts';
import type { Secret } from './state.ts';

const defaultWindowDays = 30;
const daySeconds = 86_400;

function windowOf({ RecoveryWindowInDays: days, ForceDeleteWithoutRecovery: force }: DeleteSecretRequest): number {
  if (days !== undefined && force) {
    throw new Refusal(
      'InvalidParameterException',
      "You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.",
    );
  }
  if (days !== undefined && (days < 7 || days > 30)) {
    throw new Refusal(
      'InvalidParameterException',
      'The RecoveryWindowInDays value must be between 7 and 30 days (inclusive).',
    );
  }
  return (days ?? defaultWindowDays) * daySeconds;
}

function scheduleDeletion(world: World, secret: Secret, seconds: number): void {
  secret.cancelDeletion?.();
  secret.deletedAt = world.clock.now();
  secret.cancelDeletion = world.clock.after(seconds, () => {
    world.secretsManager.secrets.delete(secret.name);
    world.tagIndex.remove(secret.arn);
  });
}

/** Forced deletion of a secret that does not exist is no error; it is asynchronous when it does (API reference). */
function deleteSecret(world: World, input: DeleteSecretRequest): DeleteSecretResponse {
  const windowSeconds = windowOf(input);
  const id = input.SecretId ?? '';
  const now = world.clock.now();
  if (input.ForceDeleteWithoutRecovery) {
    const secret = findSecret(world, id);
    if (!secret) {
      const arn = `arn:aws:secretsmanager:${world.region}:${world.accountId}:secret:${id}`;
      return { ARN: id.startsWith('arn:') ? id : arn, Name: id, DeletionDate: now };
    }
    scheduleDeletion(world, secret, world.durations.secretDeleted);
    return { ARN: secret.arn, Name: secret.name, DeletionDate: now };
  }
  const secret = livingSecret(world, id);
  scheduleDeletion(world, secret, windowSeconds);
  return { ARN: secret.arn, Name: secret.name, DeletionDate: new Date(now.getTime() + windowSeconds * 1000) };
}

function restoreSecret(world: World, { SecretId }: RestoreSecretRequest): RestoreSecretResponse {
  const secret = secretOrRefuse(world, SecretId);
  secret.cancelDeletion?.();
  secret.cancelDeletion = undefined;
  secret.deletedAt = undefined;
  return { ARN: secret.arn, Name: secret.name };
}

export function deletingHandlers(world: World): Record<string, Handler> {
  return {
    DeleteSecret: (input: DeleteSecretRequest) => deleteSecret(world, input),
    RestoreSecret: (input: RestoreSecretRequest) => restoreSecret(world, input),
  };
}
