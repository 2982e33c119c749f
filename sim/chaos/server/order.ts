import type { Platform } from '../../../src/config/platform.ts';
import type { Config } from '../../../src/config/process.ts';
import type { SharedClock } from './shared-clock.ts';

/** What a server in a process of its own is told, once: then it starts. */
export interface ServerOrder {
  readonly config: Config;
  readonly platform: Platform;
  readonly awsUrl: string;
  readonly clock: SharedClock;
}

/** What it answers, in this order: `loaded` as soon as its modules are, so that it can be kept waiting for its order. */
export type ServerWord =
  | { readonly kind: 'loaded' }
  | { readonly kind: 'up'; readonly webhookUrl: string | undefined }
  | { readonly kind: 'failed'; readonly message: string };

/** On every request of a look at an environment: the environment's id, encoded as in a URL. */
export const LOOK_HEADER = 'x-chaos-look';
