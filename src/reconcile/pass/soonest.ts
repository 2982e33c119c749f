/** The fewest of these seconds; null when none of them is a time. */
export function soonest(candidates: readonly (number | null)[]): number | null {
  const seconds = candidates.filter((candidate) => candidate !== null);
  return seconds.length === 0 ? null : Math.min(...seconds);
}
