const HOUR_MS = 3_600_000;

/** Hours before expiry at which an environment's owner is warned, the earliest first. */
const WARNING_HOURS = [48, 24, 4] as const;
export type WarningHours = (typeof WARNING_HOURS)[number];

/**
 * The expiry after an extend. It counts from the expiry as it stands, or from now when that has passed; it never goes
 * past `createdAt + capSeconds`, and it never comes earlier than it was. `capped` says that less was given than asked.
 */
export function extendExpiry(asked: {
  now: Date;
  expiresAt: Date;
  bySeconds: number;
  createdAt: Date;
  capSeconds: number;
}): { expiresAt: Date; capped: boolean } {
  const { now, expiresAt, bySeconds, createdAt, capSeconds } = asked;
  const wanted = Math.max(now.getTime(), expiresAt.getTime()) + bySeconds * 1000;
  const cap = createdAt.getTime() + capSeconds * 1000;
  return { expiresAt: new Date(Math.max(expiresAt.getTime(), Math.min(wanted, cap))), capped: wanted > cap };
}

/**
 * The warning to give now, if any: only the nearest one that is due, so that an owner never gets two at once, and none
 * that is in `sent` (the warnings given for this very `expiresAt`; an extend empties it). An environment that was made
 * for less than a warning's time does not get that warning, and none is given once it has expired.
 */
export function dueWarning(state: {
  now: Date;
  createdAt: Date;
  expiresAt: Date;
  sent: readonly number[];
}): WarningHours | undefined {
  const left = state.expiresAt.getTime() - state.now.getTime();
  const lifetime = state.expiresAt.getTime() - state.createdAt.getTime();
  if (left <= 0) {
    return undefined;
  }
  const due = WARNING_HOURS.findLast((hours) => left <= hours * HOUR_MS);
  if (due === undefined || lifetime <= due * HOUR_MS || state.sent.includes(due)) {
    return undefined;
  }
  return due;
}

/** When `dueWarning` may next answer, or the expiry itself: the instant to look again. */
export function nextDeadline({ now, expiresAt }: { now: Date; expiresAt: Date }): Date {
  const instants = [...WARNING_HOURS, 0].map((hours) => expiresAt.getTime() - hours * HOUR_MS);
  return new Date(instants.find((instant) => instant > now.getTime()) ?? expiresAt.getTime());
}
