import type { SimClock } from '../../clock.ts';
import type { Guard } from '../wire/guard.ts';
import { type RateBucket, rateBuckets } from './rate-table.ts';
import { throttleOf } from './throttling.ts';

interface Level {
  tokens: number;
  at: number;
}

/** Refuses calls that come faster than the token buckets fill, on the simulated clock, with the service's own code. */
export function createRateLimits(clock: SimClock, table: readonly RateBucket[] = rateBuckets): Guard {
  const levels = new Map<RateBucket, Level>();

  function levelOf(bucket: RateBucket): Level {
    const now = clock.now().getTime();
    const level = levels.get(bucket) ?? { tokens: bucket.capacity, at: now };
    const gained = ((now - level.at) / 1000) * bucket.perSecond;
    const filled = { tokens: Math.min(bucket.capacity, level.tokens + gained), at: now };
    levels.set(bucket, filled);
    return filled;
  }

  return async (call, work) => {
    const wanted = table.filter((bucket) => bucket.service === call.service && bucket.operations.test(call.operation));
    const held = wanted.map(levelOf);
    if (held.some((level) => level.tokens < 1)) {
      throw throttleOf(call.service);
    }
    for (const level of held) {
      level.tokens -= 1;
    }
    return await work();
  };
}
