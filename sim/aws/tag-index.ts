import type { SimClock } from '../clock.ts';
import type { Durations } from './durations.ts';

export type Tags = Readonly<Record<string, string>>;

/**
 * What the Resource Groups Tagging API believes. It learns of a resource late and forgets it later still, so it is
 * good for finding things and never proof that a thing is there or gone.
 */
export interface TagIndex {
  /** A resource was made, or its tags changed. One that never had any is none of the index's business. */
  put(arn: string, tags: Tags): void;
  /** A resource is gone; the index goes on listing it for a while. */
  remove(arn: string): void;
  entries(): Iterable<readonly [arn: string, tags: Tags]>;
}

export function createTagIndex(clock: SimClock, durations: Durations): TagIndex {
  const shown = new Map<string, Tags>();
  /** "Tagged or previously tagged" (API reference, GetResources). */
  const everTagged = new Set<string>();
  /** By ARN; each calls the forgetting off. */
  const underway = new Map<string, () => void>();

  function forget(arn: string): void {
    shown.delete(arn);
    everTagged.delete(arn);
    underway.delete(arn);
  }

  return {
    put(arn, tags) {
      if (Object.keys(tags).length === 0 && !everTagged.has(arn)) {
        return;
      }
      everTagged.add(arn);
      // Where ARNs are made of names, a new resource may have the one of a resource that is being forgotten.
      underway.get(arn)?.();
      underway.delete(arn);
      clock.after(durations.tagIndexed, () => shown.set(arn, tags));
    },
    remove(arn) {
      const lag = arn.includes(':listener-rule/') ? durations.ruleTagForgotten : durations.tagForgotten;
      underway.get(arn)?.();
      // A put still under way must not outlive the resource.
      underway.set(
        arn,
        clock.after(Math.max(lag, durations.tagIndexed), () => forget(arn)),
      );
    },
    entries: () => shown.entries(),
  };
}
