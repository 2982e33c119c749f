/** How many asks in how long. */
export interface RateLimit {
  readonly asks: number;
  readonly seconds: number;
}

/** What one person, or one repository, has asked since `since`. */
export interface RateWindow {
  readonly since: Date;
  readonly asks: number;
  /** Whether it was said that there were too many. */
  readonly told: boolean;
}

export type RateVerdict =
  | { readonly allowed: true; readonly window: RateWindow }
  /** `tell`: nobody was told yet in this window. `until`: when the next window may begin. */
  | { readonly allowed: false; readonly window: RateWindow; readonly tell: boolean; readonly until: Date };

/**
 * Takes `asks` out of what the window has left. A window begins with the first ask after the one before it has run out,
 * so that nothing runs beside it. What is refused is not counted: whoever goes on asking does not wait for longer.
 */
export function spend(
  asks: number,
  { window, limit, now }: { window: RateWindow | undefined; limit: RateLimit; now: Date },
): RateVerdict {
  // A window that begins long after now is of a clock that has been set back.
  const isOpen = window && Math.abs(now.getTime() - window.since.getTime()) < limit.seconds * 1000;
  const current = isOpen ? window : { since: now, asks: 0, told: false };
  if (current.asks + asks <= limit.asks) {
    return { allowed: true, window: { ...current, asks: current.asks + asks } };
  }
  const until = new Date(current.since.getTime() + limit.seconds * 1000);
  return { allowed: false, window: { ...current, told: true }, tell: !current.told, until };
}
