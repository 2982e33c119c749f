import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import type { Secret, SecretValue, SecretVersion } from './state.ts';

const maximumBytes = 65_536;

interface ValueInput {
  readonly SecretString?: string | undefined;
  readonly SecretBinary?: Uint8Array | undefined;
}

/** The value that a request carries; undefined when it carries none. */
export function valueIn({ SecretString, SecretBinary }: ValueInput): SecretValue | undefined {
  if (SecretString !== undefined && SecretBinary !== undefined) {
    throw new Refusal(
      'InvalidParameterException',
      "You can't specify both a binary secret value and a string secret value in the same secret.",
    );
  }
  const bytes = SecretBinary?.byteLength ?? Buffer.byteLength(SecretString ?? '');
  if (bytes > maximumBytes) {
    throw new Refusal(
      'InvalidParameterException',
      `The secret value is too long: it must be at most ${maximumBytes} bytes.`,
    );
  }
  return SecretString === undefined && SecretBinary === undefined
    ? undefined
    : { text: SecretString, binary: SecretBinary };
}

export function sameValue(one: SecretValue, other: SecretValue): boolean {
  const bytes = ({ binary }: SecretValue): Buffer => Buffer.from(binary ?? []);
  return one.text === other.text && bytes(one).equals(bytes(other));
}

interface NewVersion {
  readonly id: string | undefined;
  readonly value: SecretValue;
  readonly stages?: readonly string[] | undefined;
}

/** A version left without any label is deprecated and Secrets Manager forgets it in its own time; here at once. */
export function dropUnlabelled(secret: Secret): void {
  for (const version of secret.versions.values()) {
    if (version.stages.size === 0) {
      secret.versions.delete(version.id);
    }
  }
}

/**
 * Adds a version and moves its labels to it; what was current becomes `AWSPREVIOUS`. The same id with the same value
 * again changes nothing (that is how a retried request is told), with another value it is refused.
 */
export function addVersion(world: World, secret: Secret, { id, value, stages }: NewVersion): SecretVersion {
  const existing = id === undefined ? undefined : secret.versions.get(id);
  if (existing) {
    if (sameValue(existing.value, value)) {
      return existing;
    }
    throw new Refusal(
      'ResourceExistsException',
      `You can't use ClientRequestToken ${id} because that value is already in use for a version of secret ${secret.arn}.`,
    );
  }
  const current = [...secret.versions.values()].find((version) => version.stages.has('AWSCURRENT'));
  const labels = new Set(stages?.length ? stages : ['AWSCURRENT']);
  if (!current) {
    labels.add('AWSCURRENT');
  }
  if (current && labels.has('AWSCURRENT')) {
    moveLabels(secret, new Set(['AWSPREVIOUS']));
    current.stages.add('AWSPREVIOUS');
  }
  moveLabels(secret, labels);
  const version = { id: id ?? versionId(world), value, createdAt: world.clock.now(), stages: labels };
  secret.versions.set(version.id, version);
  secret.changedAt = world.clock.now();
  dropUnlabelled(secret);
  return version;
}

function moveLabels(secret: Secret, labels: ReadonlySet<string>): void {
  for (const version of secret.versions.values()) {
    for (const label of labels) {
      version.stages.delete(label);
    }
  }
}

function versionId(world: World): string {
  return world.uniqueHex(32).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
