import { shortDigest } from './digest.ts';

/** Longest name of a user (MySQL Reference Manual, Account User Names and Passwords); MariaDB takes more. */
const MAX_LENGTH = 32;
const DIGEST_LENGTH = 4;

/**
 * What an environment's own user of its clone is called: `mayfly_pr_42`. Letters, digits and underscores, so that it needs no
 * quotes in any connection string; the same for every clone of the environment. A long one ends in a digest of the whole.
 */
export function databaseUserName({ name }: { readonly name: string }): string {
  const whole = `mayfly_${name.replaceAll('-', '_')}`;
  return whole.length <= MAX_LENGTH
    ? whole
    : `${whole.slice(0, MAX_LENGTH - DIGEST_LENGTH - 1)}_${shortDigest(name, DIGEST_LENGTH)}`;
}
