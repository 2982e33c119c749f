import { accessListings } from './access.ts';
import { balancingListings } from './balancing.ts';
import { computeListings } from './compute.ts';
import { dataListings } from './data.ts';
import type { Endpoint } from './listing.ts';
import { networkListings } from './network.ts';
import { watchingListings } from './watching.ts';

const SECTIONS = [accessListings, balancingListings, computeListings, dataListings, networkListings, watchingListings];

/**
 * Everything that stands in an account, asked of each service itself: two of these tell what came and what was left. What
 * AWS goes on showing after its end (a NAT gateway for an hour, an ECS cluster as INACTIVE, a key as PendingDeletion) does
 * not stand any more. Sorted, each as `kind name`.
 */
export async function takeCensus(endpoint: Endpoint): Promise<string[]> {
  const listings = SECTIONS.flatMap((section) => Object.entries(section(endpoint)));
  const found = await Promise.all(
    listings.map(async ([kind, list]) =>
      ((await list()) ?? []).flatMap((name) => (name === undefined ? [] : [`${kind} ${name}`])),
    ),
  );
  return found.flat().toSorted();
}

/** What is in `after` and was not in `before`. */
export function newcomers(before: readonly string[], after: readonly string[]): string[] {
  const known = new Set(before);
  return after.filter((name) => !known.has(name));
}
