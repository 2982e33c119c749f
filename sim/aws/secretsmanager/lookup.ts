import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import type { Secret, SecretVersion } from './state.ts';

/** Finds a secret by name, ARN, or ARN without the six random characters. */
export function findSecret(world: World, id: string): Secret | undefined {
  if (!id.startsWith('arn:')) {
    return world.secretsManager.secrets.get(id);
  }
  for (const secret of world.secretsManager.secrets.values()) {
    if (secret.arn === id || secret.arn.slice(0, -'-abcdef'.length) === id) {
      return secret;
    }
  }
  return undefined;
}

export function secretOrRefuse(world: World, id = ''): Secret {
  const secret = findSecret(world, id);
  if (!secret) {
    throw new Refusal('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
  }
  return secret;
}

/** Most operations refuse a secret that is marked for deletion. */
export function livingSecret(world: World, id: string | undefined): Secret {
  const secret = secretOrRefuse(world, id);
  if (secret.deletedAt) {
    throw new Refusal(
      'InvalidRequestException',
      "You can't perform this operation on the secret because it was marked for deletion.",
    );
  }
  return secret;
}

/** The version that is asked for by id, by staging label, or by neither (then the current one). */
export function versionOf(
  secret: Secret,
  { id, stage = id === undefined ? 'AWSCURRENT' : undefined }: { id?: string | undefined; stage?: string | undefined },
): SecretVersion | undefined {
  return [...secret.versions.values()].find(
    (version) => (id === undefined || version.id === id) && (stage === undefined || version.stages.has(stage)),
  );
}
