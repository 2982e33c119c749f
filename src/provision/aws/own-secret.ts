import {
  CreateSecretCommand,
  DeleteSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  type SecretsManagerClient,
  TagResourceCommand,
} from '@aws-sdk/client-secrets-manager';
import { digestOf } from '../../domain/digest.ts';
import { TerminalError } from '../../domain/failure.ts';
import type { Clock } from '../../reconcile/clock.ts';
import type { Release, Released } from '../../reconcile/provisioner.ts';
import type { Sender } from './clients.ts';
import { ask } from './errors.ts';
import { proveOurs, readTags, type Tags, toTagList } from './ownership.ts';

export type Secrets = Sender<SecretsManagerClient>;
export type SecretMembers = Readonly<Record<string, unknown>>;

export interface SecretDescription {
  readonly arn: string;
  readonly tags: Tags;
  /** Set while a deletion is on its way; the name stays taken until it has happened. */
  readonly deletedAt: Date | undefined;
  /** When it was last changed, in whatever way. */
  readonly changedAt: Date | undefined;
  /** The id of the version that readers get. */
  readonly currentVersion: string;
}

export async function describeSecret(secrets: Secrets, name: string): Promise<SecretDescription | undefined> {
  const found = await ask(
    `describing the secret ${name}`,
    () => secrets.send(new DescribeSecretCommand({ SecretId: name })),
    { on: { 'not-found': () => undefined } },
  );
  return (
    found && {
      arn: found.ARN ?? '',
      tags: readTags(found.Tags),
      deletedAt: found.DeletedDate,
      changedAt: found.LastChangedDate ?? found.CreatedDate,
      currentVersion: versionIn(found.VersionIdsToStages ?? {}),
    }
  );
}

function versionIn(stages: Readonly<Record<string, readonly string[]>>): string {
  return Object.entries(stages).find(([, names]) => names.includes('AWSCURRENT'))?.[0] ?? '';
}

/** The members of a secret that holds a JSON object. Undefined when there is no such secret or it has no value yet. */
export async function readSecret(secrets: Secrets, name: string): Promise<SecretMembers | undefined> {
  const found = await ask(
    `reading the secret ${name}`,
    () => secrets.send(new GetSecretValueCommand({ SecretId: name })),
    { on: { 'not-found': () => undefined }, confidential: true },
  );
  return found && parseMembers(name, found.SecretString ?? '');
}

/** The parser's own message quotes what it read, so it is not passed on. */
function parseMembers(name: string, text: string): SecretMembers {
  try {
    const members: unknown = JSON.parse(text);
    if (typeof members === 'object' && members !== null && !Array.isArray(members)) {
      return members as SecretMembers;
    }
  } catch {
    // Falls through to the one answer for everything that is not an object.
  }
  throw new TerminalError('SecretUnreadable', `The secret ${name} does not hold a JSON object.`, { actor: 'operator' });
}

interface NewSecret {
  readonly name: string;
  readonly members: SecretMembers;
  readonly tags: Tags;
}

/** Undefined when the name is taken, or still held by a deletion that is on its way. */
export async function createSecret(secrets: Secrets, { name, members, tags }: NewSecret): Promise<string | undefined> {
  const SecretString = JSON.stringify(members);
  const created = await ask(
    `creating the secret ${name}`,
    () =>
      secrets.send(
        new CreateSecretCommand({
          Name: name,
          SecretString,
          Tags: toTagList(tags),
          ClientRequestToken: digestOf({ name, SecretString }, 64),
        }),
      ),
    { on: { 'already-exists': () => undefined, 'wrong-state': () => undefined }, confidential: true },
  );
  return created?.ARN;
}

/**
 * Makes `members` the current value. Without a token of our own: a token met before makes Secrets Manager ignore the
 * request, and going back to an earlier value would leave the later one standing.
 */
export async function putSecret(secrets: Secrets, name: string, members: SecretMembers): Promise<void> {
  await ask(
    `writing the secret ${name}`,
    () => secrets.send(new PutSecretValueCommand({ SecretId: name, SecretString: JSON.stringify(members) })),
    { confidential: true },
  );
}

export async function tagSecret(secrets: Secrets, name: string, tags: Tags): Promise<void> {
  await ask(`tagging the secret ${name}`, () =>
    secrets.send(new TagResourceCommand({ SecretId: name, Tags: toTagList(tags) })),
  );
}

/** A forced deletion takes seconds, though it is not done when it is answered. */
const DELETION_SECONDS = 600;

/**
 * Makes sure that a secret is on its way out without a recovery window, which would block its name for 7 to 30 days. A
 * deletion that is under way is left to it; one that somebody scheduled for later, or that takes too long, is forced.
 */
export async function hastenDeletion(
  secrets: Secrets,
  { name, deletedAt, now }: { name: string; deletedAt: Date | undefined; now: Date },
): Promise<void> {
  const agoSeconds = deletedAt === undefined ? undefined : (now.getTime() - deletedAt.getTime()) / 1000;
  if (agoSeconds !== undefined && agoSeconds >= 0 && agoSeconds < DELETION_SECONDS) {
    return;
  }
  await ask(
    `deleting the secret ${name}`,
    () => secrets.send(new DeleteSecretCommand({ SecretId: name, ForceDeleteWithoutRecovery: true })),
    { on: { 'not-found': () => undefined, 'wrong-state': () => undefined } },
  );
}

export async function releaseSecret(
  { secrets, clock }: { secrets: Secrets; clock: Clock },
  { name, environment }: Pick<Released, 'name' | 'environment'>,
): Promise<Release> {
  const found = await describeSecret(secrets, name);
  if (!found) {
    return { state: 'absent' };
  }
  proveOurs({ what: `the secret ${name}`, tags: found.tags, environment });
  await hastenDeletion(secrets, { name, deletedAt: found.deletedAt, now: clock.now() });
  return { state: 'releasing', underWay: true, waitingFor: 'the secret to be gone', requeueAfterSeconds: 5 };
}
