import type { KeyObject } from 'node:crypto';
import type { SimClock } from '../clock.ts';
import type { Account } from './entities/account.ts';
import type { Permissions } from './entities/installation.ts';
import type { Repository } from './entities/repository.ts';
import type { Store } from './entities/store.ts';
import type { JsonObject } from './json.ts';
import type { WebhookTarget } from './webhooks/post.ts';

/** The GitHub App under test, as registered with this GitHub. */
export interface AppRegistration {
  readonly id: number;
  readonly slug: string;
  readonly name: string;
  readonly description: string | undefined;
  /** The app's own page, which is not GitHub's. */
  readonly homepage: string;
  readonly owner: Account;
  /** `slug[bot]`: who the app is when it acts. */
  readonly bot: Account;
  /** Webhook events the app subscribed to. */
  readonly events: readonly string[];
  /** What an installation grants unless it says otherwise. */
  readonly permissions: Permissions;
  /** Half of the key that the app signs its JSON web tokens with. */
  readonly publicKey: KeyObject;
  readonly createdAt: Date;
}

export interface WebhookEvent {
  readonly name: string;
  readonly sender: Account;
  /** Undefined for events about the installation itself. */
  readonly repository?: Repository;
  readonly payload: JsonObject;
}

/** What every behaviour of the simulator works on. */
export interface World {
  readonly clock: SimClock;
  readonly store: Store;
  /** There is one. Who registers another replaces it, and its installations go with it. */
  readonly app: AppRegistration;
  register(app: AppRegistration, webhook: WebhookTarget): void;
  /** `http://127.0.0.1:port`, without a slash at the end. */
  readonly url: string;
  /** Hands an event to the webhook sender; nothing is sent when the app is not installed where it happened. */
  emit(event: WebhookEvent): void;
}
