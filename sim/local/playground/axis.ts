import type { Sighting } from './sightings.ts';

/** The stretch of time that the bars of an environment share. */
export interface Axis {
  readonly from: Date;
  readonly to: Date;
}

const LEAST_MS = 60_000;
/** What is first seen after such a pause belongs to a later push or repair, and would squeeze the bars of the first round. */
const PAUSE_MS = 120_000;

/** From the first resource to the last one of the same round to settle; to now while one of them is still coming. */
export function axisOf(sightings: readonly Sighting[], now: Date): Axis {
  const inOrder = sightings.toSorted((a, b) => a.firstSeen.getTime() - b.firstSeen.getTime());
  const from = inOrder[0]?.firstSeen.getTime() ?? now.getTime();
  let to = from + LEAST_MS;
  for (const { firstSeen, settledAt, standing } of inOrder) {
    if (firstSeen.getTime() > to + PAUSE_MS) {
      break;
    }
    const isComing = settledAt === undefined && standing === 'coming';
    to = Math.max(to, (isComing ? now : (settledAt ?? firstSeen)).getTime());
  }
  return { from: new Date(from), to: new Date(to) };
}

/** Where a resource's bar begins and how long it is, in percent of the axis; undefined for one of a later round. */
export function barOf(
  { firstSeen, settledAt }: Sighting,
  { from, to }: Axis,
  now: Date,
): { start: number; length: number } | undefined {
  if (firstSeen > to) {
    return undefined;
  }
  const share = (at: Date): number =>
    Math.min(100, Math.max(0, ((at.getTime() - from.getTime()) / (to.getTime() - from.getTime())) * 100));
  const start = Math.min(99, share(firstSeen));
  return { start, length: Math.max(1, share(settledAt ?? now) - start) };
}
