import type { Passport } from '../../domain/passport.ts';

/** A question about the result, and whether the answer was right. No value stands in it. */
export type Check = Passport['checks'][number];
