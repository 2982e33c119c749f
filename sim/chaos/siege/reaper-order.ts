import type { Platform } from '../../../src/config/platform.ts';
import type { SharedClock } from '../server/shared-clock.ts';

/** What a reaper in a process of its own is told, once: then it makes round after round. */
export interface ReaperOrder {
  readonly platform: Platform;
  readonly awsUrl: string;
  readonly clock: SharedClock;
  readonly graceSeconds: number;
}

/** What it tells of each round. */
export type ReaperWord =
  | { readonly kind: 'round'; readonly reaped: readonly Reaped[] }
  | { readonly kind: 'failed'; readonly message: string };

/** An environment whose time was over. */
export interface Reaped {
  readonly name: string;
  readonly outcome: 'cleared' | 'going' | 'expired' | 'protected' | 'unreadable';
  /** RFC 3339; null where nobody can read it. */
  readonly expiresAt: string | null;
}

/** Its own, so that what it asks for can be told from what Mayfly does. */
export const REAPER_CREDENTIALS = { accessKeyId: 'reaper', secretAccessKey: 'local' };
