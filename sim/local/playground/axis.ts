import type { Sighting } from './sightings.ts';

/** The stretch of time that the bars of an environment share. */
export interface Axis {
  readonly from: Date;
  readonly to: Date;
}

const LEAST_MS = 60_000;

/** From the first resource to the last one settled; to now while something of the first round is still coming. */
export function axisOf(sightings: readonly Sighting[], now: Date): Axis {
  const starts = sightings.map(({ firstSeen }) => firstSeen.getTime());
  const from = Math.min(now.getTime(), ...starts);
  const isComing = sightings.some(({ settledAt, standing }) => settledAt === undefined && standing !== 'gone');
  const ends = sightings.flatMap(({ settledAt }) => settledAt?.getTime() ?? []);
  const to = isComing ? now.getTime() : Math.max(from, ...ends);
  return { from: new Date(from), to: new Date(Math.max(to, from + LEAST_MS)) };
}

/** Where a resource's bar begins and how long it is, in percent of the axis. */
export function barOf(
  { firstSeen, settledAt }: Sighting,
  { from, to }: Axis,
  now: Date,
): { start: number; length: number } {
  const share = (at: Date): number =>
    Math.min(100, Math.max(0, ((at.getTime() - from.getTime()) / (to.getTime() - from.getTime())) * 100));
  const start = Math.min(99, share(firstSeen));
  return { start, length: Math.max(1, share(settledAt ?? now) - start) };
}
