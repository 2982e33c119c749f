import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';

const LEGAL_NAME = /^[\w+=,.@-]+$/;
const LEGAL_PATH = /^\/([\x21-\x7e]+\/)?$/;
const LONGEST_PATH = 512;

/**
 * Checks the name of a role (64 characters), a managed or an inline policy (128). Throws ValidationError, one of the
 * errors common to all actions. https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html
 */
export function checkName(member: string, name: string, longest: number): void {
  if (name.length < 1 || name.length > longest) {
    throw invalid(name, member, `Member must have length between 1 and ${longest}`);
  }
  if (!LEGAL_NAME.test(name)) {
    throw new Refusal(
      'ValidationError',
      `The specified value for ${member} is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-`,
    );
  }
}

/** The path that was asked for, `/` by default: it begins and ends with a slash. Throws ValidationError. */
export function pathIn(asked: string | undefined): string {
  const path = asked ?? '/';
  if (path.length > LONGEST_PATH || !LEGAL_PATH.test(path)) {
    throw new Refusal(
      'ValidationError',
      'The specified value for path is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters.',
    );
  }
  return path;
}

/** What every service of AWS says of a value outside its constraint. */
export function invalid(value: string | number, member: string, constraint: string): Refusal {
  return new Refusal(
    'ValidationError',
    `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: ${constraint}`,
  );
}

/** `path` begins with a slash; IAM is of no Region. */
export function iamArn({ accountId }: World, kind: string, pathAndName: string): string {
  return `arn:aws:iam::${accountId}:${kind}${pathAndName}`;
}

/**
 * A unique id: 21 characters, of which the first four say what it is of.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
 */
export function uniqueId(world: World, prefix: 'AROA' | 'ANPA'): string {
  return `${prefix}${world.uniqueHex(17).toUpperCase()}`;
}
