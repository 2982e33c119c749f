import { decodeTags, isProtected } from '../../domain/tags.ts';
import type { EnvironmentEstate } from './estate.ts';

/** What an environment's own tags say of its time. Nothing else is asked: neither a database nor GitHub. */
export type Verdict =
  | { readonly state: 'live'; readonly expiresAt: Date }
  /** Its time is over, and so is the grace in which Mayfly itself would have removed it. */
  | { readonly state: 'expired'; readonly expiresAt: Date }
  /** Its time is over, and somebody asked that it be kept. */
  | { readonly state: 'protected'; readonly expiresAt: Date; readonly by: readonly string[] }
  /** Some things do not say when their time is over, so nobody knows. */
  | { readonly state: 'unreadable'; readonly things: readonly string[] };

/**
 * Judges by the latest expiry on any of its things: after an extend, some carry the earlier one for a while. A single
 * expiry that cannot be read leaves the environment alone, and a single protected thing protects it whole: what is left of
 * an environment is of no use to whoever wanted to keep it.
 */
export function judge(
  { things }: EnvironmentEstate,
  { now, graceSeconds }: { now: Date; graceSeconds: number },
): Verdict {
  const tagged = things.flatMap(({ label, tags }) => (tags === null ? [] : [{ label, tags }]));
  const ends = tagged.map(({ label, tags }) => ({ label, expiresAt: decodeTags(tags)?.expiresAt }));
  const unreadable = ends.filter(({ expiresAt }) => expiresAt === undefined).map(({ label }) => label);
  if (unreadable.length > 0 || ends.length === 0) {
    return { state: 'unreadable', things: unreadable };
  }
  const expiresAt = new Date(Math.max(...ends.map((end) => end.expiresAt?.getTime() ?? 0)));
  if (expiresAt.getTime() + graceSeconds * 1000 > now.getTime()) {
    return { state: 'live', expiresAt };
  }
  const by = protectedThings({ things });
  return by.length > 0 ? { state: 'protected', expiresAt, by } : { state: 'expired', expiresAt };
}

/** What of an environment somebody asked to keep. */
export function protectedThings({ things }: Pick<EnvironmentEstate, 'things'>): string[] {
  return things.filter(({ tags }) => tags !== null && isProtected(tags)).map(({ label }) => label);
}
