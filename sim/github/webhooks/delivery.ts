import type { Account } from '../entities/account.ts';

/** Who did what a webhook tells of. */
type Sender = Pick<Account, 'login' | 'type'>;

/** One attempt at one webhook. A redelivery is a further attempt with the same GUID. */
export interface Delivery {
  readonly id: number;
  readonly guid: string;
  readonly event: string;
  readonly action: string | undefined;
  readonly installationId: number | undefined;
  readonly repositoryId: number | undefined;
  readonly sender: Sender;
  readonly redelivery: boolean;
  readonly deliveredAt: Date;
  /** Real seconds until the answer. */
  readonly durationSeconds: number;
  /** `OK`, or GitHub's words for what went wrong. */
  readonly status: string;
  /** The receiver's, or 0 when the webhook was lost on the way, or 502/504 when nobody answered. */
  readonly statusCode: number;
  readonly request: { readonly headers: { readonly [name: string]: string }; readonly body: string };
  readonly response: { readonly headers: { readonly [name: string]: string }; readonly body: string } | undefined;
}

/** What is to be delivered, before any attempt. */
export interface Envelope {
  readonly guid: string;
  readonly event: string;
  readonly action: string | undefined;
  readonly installationId: number | undefined;
  readonly repositoryId: number | undefined;
  readonly sender: Sender;
  readonly body: string;
}
