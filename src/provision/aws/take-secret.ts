import type { EnvironmentIdentity } from '../../domain/environment.ts';
import { provesOwnership } from '../../domain/tags.ts';
import type { Clock } from '../../reconcile/clock.ts';
import { describeSecret, hastenDeletion, type SecretDescription, type Secrets } from './own-secret.ts';
import { claim, FOREIGN } from './ownership.ts';

/** Why a secret that is there cannot be used, in the words of a drift; undefined where it can. */
export function whyUnusable(
  { tags, deletedAt }: SecretDescription,
  environment: EnvironmentIdentity,
): string | undefined {
  if (!provesOwnership(tags, environment)) {
    return FOREIGN;
  }
  return deletedAt ? 'scheduled for deletion' : undefined;
}

/**
 * The secret of that name, for whoever is about to write it; undefined where there is none. Throws `NameTaken` where it is
 * not proven the environment's. One that is on its way out is hastened, as its name is wanted: `leaving`.
 */
export async function takeSecret(
  { secrets, clock }: { readonly secrets: Secrets; readonly clock: Clock },
  { name, environment }: { readonly name: string; readonly environment: EnvironmentIdentity },
): Promise<SecretDescription | 'leaving' | undefined> {
  const secret = await describeSecret(secrets, name);
  if (!secret) {
    return undefined;
  }
  claim({ what: `the secret ${name}`, tags: secret.tags, environment });
  if (secret.deletedAt) {
    await hastenDeletion(secrets, { name, deletedAt: secret.deletedAt, now: clock.now() });
    return 'leaving';
  }
  return secret;
}
