import { TerminalError } from '../../../domain/failure.ts';
import { TAG_KEYS, TAG_MARKS } from '../../../domain/tags.ts';
import type { Tags } from '../ownership.ts';

export interface OwnSource {
  /** The platform's name. */
  readonly platform: string;
  readonly name: string;
}

/**
 * What a source and its instance carry. None of the tags of an environment's things, whose marks the sweep, the reaper and
 * rights go by: a source is nobody's environment.
 */
export function sourceTags({ platform, name }: OwnSource): Record<string, string> {
  return {
    [TAG_KEYS.name]: name,
    [TAG_KEYS.managedBy]: TAG_MARKS.managedBy,
    [TAG_KEYS.sourceOf]: platform,
  };
}

/** A snapshot brings the tags of what it was taken of, so the name has to be its own. */
export function provesSource(tags: Tags, own: OwnSource): boolean {
  return Object.entries(sourceTags(own)).every(([key, value]) => tags[key] === value);
}

/** Throws `NameTaken`: the way into every change of something found. */
export function claimSource(tags: Tags, own: OwnSource): void {
  if (!provesSource(tags, own)) {
    throw new TerminalError(
      'NameTaken',
      `The database ${own.name} is there already and its tags do not say that it is a source of ${own.platform}. Mayfly leaves it alone; rename or remove it.`,
      { actor: 'operator' },
    );
  }
}

/** Throws `NotOurs`: the way into every deletion. */
export function proveSource(tags: Tags, own: OwnSource): void {
  if (!provesSource(tags, own)) {
    throw new TerminalError(
      'NotOurs',
      `The database ${own.name} is not deleted: its tags do not say that it is a source of ${own.platform}.`,
      { actor: 'operator' },
    );
  }
}
