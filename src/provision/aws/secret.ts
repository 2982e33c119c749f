import { digestOf } from '../../domain/digest.ts';
import { TerminalError } from '../../domain/failure.ts';
import { TAG_KEYS } from '../../domain/tags.ts';
import type { Clock } from '../../reconcile/clock.ts';
import type { Desired, Observation, Provisioner } from '../../reconcile/provisioner.ts';
import {
  createSecret,
  describeSecret,
  putSecret,
  readSecret,
  releaseSecret,
  type SecretDescription,
  type SecretMembers,
  type Secrets,
  tagSecret,
} from './own-secret.ts';
import { takeSecret, whyUnusable } from './take-secret.ts';

type Seen = Observation<'secret'>;

/**
 * A JSON secret copied whole from another, with members replaced. Its `ContentHash` tag says which version of the
 * other and which replacements it was made of, so that looking never reads a value.
 */
export function createSecretProvisioner({ secrets, clock }: { secrets: Secrets; clock: Clock }): Provisioner<'secret'> {
  async function observe(desired: Desired<'secret'>): Promise<Seen> {
    const found = await describeSecret(secrets, desired.name);
    if (!found) {
      return { state: 'absent' };
    }
    const outputs = { arn: found.arn };
    const unusable = whyUnusable(found, desired.environment);
    if (unusable !== undefined) {
      return { state: 'drifted', outputs, drift: [unusable] };
    }
    const source = await sourceOf(desired);
    // With its source gone, a copy is as good as it can be.
    return source === 'missing' || found.tags[TAG_KEYS.contentHash] === contentHash(desired, source)
      ? { state: 'ready', outputs }
      : { state: 'drifted', outputs, drift: ['content'] };
  }

  async function sourceOf({ spec }: Desired<'secret'>): Promise<SecretDescription | 'missing' | undefined> {
    return spec.copyFrom === null ? undefined : ((await describeSecret(secrets, spec.copyFrom)) ?? 'missing');
  }

  async function ensure(desired: Desired<'secret'>): Promise<Seen> {
    const { name, spec } = desired;
    refuseServices(spec.copyFrom);
    const found = await takeSecret({ secrets, clock }, desired);
    if (found === 'leaving') {
      return pending('its former self to be deleted', 5);
    }
    const source = await sourceOf(desired);
    const members = await wantedMembers(desired);
    if (source === 'missing' || members === undefined) {
      return pending(`the secret ${spec.copyFrom} to copy from (not there)`, 30);
    }
    const tags = { [TAG_KEYS.contentHash]: contentHash(desired, source) };
    if (found) {
      // The hash last: a crash in between copies once more.
      await putSecret(secrets, name, members);
      await tagSecret(secrets, name, tags);
      return { state: 'ready', outputs: { arn: found.arn } };
    }
    const arn = await createSecret(secrets, { name, members, tags: { ...desired.tags, ...tags } });
    return arn === undefined ? pending('its name to be free', 5) : { state: 'ready', outputs: { arn } };
  }

  async function wantedMembers({ spec }: Desired<'secret'>): Promise<SecretMembers | undefined> {
    const copied = spec.copyFrom === null ? {} : await readSecret(secrets, spec.copyFrom);
    return copied && { ...copied, ...spec.set };
  }

  return {
    kind: 'secret',
    observe,
    ensure,
    release: async (released) => await releaseSecret({ secrets, clock }, released),
  };
}

/**
 * A secret that a service of AWS keeps has the service's name and a `!` in front (Secrets Manager, managed secrets). One
 * of them is the password of Mayfly's own database, which Mayfly can read; and a name may be made of a branch's.
 */
function refuseServices(copyFrom: string | null): void {
  if (copyFrom?.includes('!')) {
    const message = `The secret ${copyFrom} is kept by a service of AWS for itself, and is not copied.`;
    throw new TerminalError('SecretRefused', message, { actor: 'author' });
  }
}

function contentHash({ spec }: Desired<'secret'>, source: SecretDescription | undefined): string {
  return digestOf({ copyFrom: spec.copyFrom, set: spec.set, version: source?.currentVersion ?? null });
}

function pending(waitingFor: string, requeueAfterSeconds: number): Seen {
  return { state: 'pending', outputs: {}, waitingFor, requeueAfterSeconds };
}
