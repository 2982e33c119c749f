/** Share of the time already waited that may pass before the next look: what is lost between AWS being ready and Mayfly noticing is half of it on average. */
const SHARE = 0.02;
/** Nothing is looked at more often than this, and what takes long by its hint only half as often. */
const SHORTEST_SECONDS = 1;
const SHORTEST_SHARE_OF_HINT = 0.3;
const LONGEST_SHORTEST_SECONDS = 2;
/** From this hint on, the provisioner waits for something that no closer look would show sooner. */
const PATIENT_HINT_SECONDS = 60;
const LONGEST_BACKOFF_SECONDS = 60;

/**
 * Seconds until the next look at something that has been on its way for `elapsedSeconds`. Looks follow each other
 * closely at first and grow apart in proportion, so that a step of seconds is noticed at once, and one of minutes
 * costs few calls and loses about one hundredth of its own length.
 */
export function nextLookSeconds({
  elapsedSeconds,
  hintSeconds,
}: {
  elapsedSeconds: number;
  hintSeconds: number;
}): number {
  if (hintSeconds >= PATIENT_HINT_SECONDS) {
    return hintSeconds;
  }
  const slow = Math.min(hintSeconds * SHORTEST_SHARE_OF_HINT, LONGEST_SHORTEST_SECONDS);
  const shortest = Math.max(SHORTEST_SECONDS, slow);
  return Math.min(Math.max(elapsedSeconds * SHARE, shortest), Math.max(hintSeconds, shortest) * 2);
}

/** Seconds to leave alone what failed `failures` times in a row and may heal by itself. */
export function backoffSeconds(failures: number, askedFor?: number): number {
  return Math.max(askedFor ?? 0, Math.min(2 ** (failures - 1), LONGEST_BACKOFF_SECONDS));
}
