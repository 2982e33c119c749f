import type { SimClock } from '../clock.ts';
import type { Durations } from './durations.ts';

export type Tags = Readonly<Record<string, string>>;

/**
 * What the Resource Groups Tagging API believes. It learns of a resource late and forgets it later still, so it is
 * good for finding things and never proof that a thing is there or gone.
 */
export interface TagIndex {
  /** A resource was made, or its tags changed. */
  put(arn: string, tags: Tags): void;
  /** A resource is gone; the index goes on listing it for a while. */
  remove(arn: string): void;
  entries(): Iterable<readonly [arn: string, tags: Tags]>;
}

export function createTagIndex(clock: SimClock, durations: Durations): TagIndex {
  const shown = new Map<string, Tags>();
  return {
    put(arn, tags) {
      clock.after(durations.tagIndexed, () => shown.set(arn, tags));
    },
    remove(arn) {
      const lag = arn.includes(':listener-rule/') ? durations.ruleTagForgotten : durations.tagForgotten;
      // A put still under way must not outlive the resource.
      clock.after(Math.max(lag, durations.tagIndexed), () => shown.delete(arn));
    },
    entries: () => shown.entries(),
  };
}
