import type { EnvironmentOwner } from '../../../domain/environment.ts';
import { chosenNameProblem, type EnvironmentPrefixes, environmentName } from '../../../domain/naming.ts';
import { decodeTags } from '../../../domain/tags.ts';
import { ownerKey } from '../../../reconcile/orphans/estate.ts';
import type { Tags } from '../ownership.ts';

/**
 * Whose tags these are; undefined when they do not say, or contradict each other. A name that only ever is a pull
 * request's has to be that of the pull request they name: on another thing one of the tags is wrong, and the rest prove
 * nothing. A repository that was given a prefix since has environments of both names.
 */
export function ownerIn(tags: Tags, prefixes: EnvironmentPrefixes): EnvironmentOwner | undefined {
  const decoded = decodeTags(tags);
  if (!decoded) {
    return undefined;
  }
  const { environmentName: name, repository, pullRequest: number } = decoded;
  const given = [prefixes, {}].map((known) =>
    number === null ? undefined : environmentName({ pullRequest: { repository, number }, prefixes: known }),
  );
  const isItsOwn = given.includes(name) || chosenNameProblem(name, prefixes) === undefined;
  return isItsOwn ? { name, pullRequest: { repository, number } } : undefined;
}

/** Each owner once. */
export function distinctOwners(owners: readonly EnvironmentOwner[]): EnvironmentOwner[] {
  return [...new Map(owners.map((owner) => [ownerKey(owner), owner])).values()];
}
