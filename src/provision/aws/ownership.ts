import type { EnvironmentOwner } from '../../domain/environment.ts';
import { TerminalError } from '../../domain/failure.ts';
import { provesOwnership, TAG_KEYS } from '../../domain/tags.ts';

export type Tags = Readonly<Record<string, string>>;

interface Claim {
  /** For people: `the target group x`. */
  readonly what: string;
  readonly tags: Tags;
  readonly environment: EnvironmentOwner;
}

/** As RDS, ELB, ACM, Secrets Manager and the parameter store show tags. */
export function readTags(tags: readonly { Key?: string | undefined; Value?: string | undefined }[] | undefined): Tags {
  return Object.fromEntries((tags ?? []).map(({ Key, Value }) => [Key ?? '', Value ?? '']));
}

/** As ECS shows and takes them. */
export function readEcsTags(
  tags: readonly { key?: string | undefined; value?: string | undefined }[] | undefined,
): Tags {
  return Object.fromEntries((tags ?? []).map(({ key, value }) => [key ?? '', value ?? '']));
}

export function toTagList(tags: Tags): { Key: string; Value: string }[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

export function toEcsTagList(tags: Tags): { key: string; value: string }[] {
  return Object.entries(tags).map(([key, value]) => ({ key, value }));
}

/** Whether the tags say that it is ours, of this environment, and the one of that name. */
export function provesNamed({
  tags,
  environment,
  name,
}: {
  tags: Tags;
  environment: EnvironmentOwner;
  name: string;
}): boolean {
  return provesOwnership(tags, environment) && tags[TAG_KEYS.name] === name;
}

/** Throws `NameTaken` unless the tags prove it ours: the way into every change of something found. */
export function claim({ what, tags, environment }: Claim): void {
  if (!provesOwnership(tags, environment)) {
    throw nameTaken(what, environment);
  }
}

export function nameTaken(what: string, environment: EnvironmentOwner): TerminalError {
  return new TerminalError(
    'NameTaken',
    `${sentence(what)} is there already and its tags do not say that it belongs to ${environment.name}. Mayfly leaves it alone; rename or remove it.`,
    { actor: 'operator' },
  );
}

/** Throws `NotOurs` unless the tags prove it ours: the way into every deletion. */
export function proveOurs({ what, tags, environment }: Claim): void {
  if (!provesOwnership(tags, environment)) {
    throw notOurs(what, environment);
  }
}

export function notOurs(what: string, environment: EnvironmentOwner): TerminalError {
  return new TerminalError(
    'NotOurs',
    `${sentence(what)} is not deleted: its tags do not say that it belongs to ${environment.name}.`,
    { actor: 'operator' },
  );
}

/** For what cannot even be looked for: it lives in something whose name went with the record. */
export function recordLost(what: string, needed: string): TerminalError {
  return new TerminalError(
    'NotOurs',
    `${sentence(what)} is not deleted: nothing is known of ${needed}, so nothing proves it ours.`,
    { actor: 'operator' },
  );
}

/** The drift of something of our name that is not ours; `ensure` then throws `NameTaken`. */
export const FOREIGN = 'owner';

function sentence(what: string): string {
  return what.charAt(0).toUpperCase() + what.slice(1);
}
