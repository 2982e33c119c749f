/** One attempt of the forge's to deliver a webhook. */
export interface DeliveryAttempt {
  /** Of this attempt. */
  readonly id: number;
  /** Of the webhook, the same for all of its attempts: what a delivery is claimed by. */
  readonly guid: string;
  readonly at: Date;
  /** The receiver answered that all was well. */
  readonly arrived: boolean;
}

/** What the forge remembers of its webhooks. Throws `TransientError` and `TerminalError`. */
export interface DeliveryLog {
  /** Attempts since then, newest first, as far as the forge keeps them and `most` goes. */
  attempts(since: Date, most: number): Promise<readonly DeliveryAttempt[]>;
  /** Has it delivered once more, with its guid. It is asked for, not done, when this returns. False when the forge has it no longer. */
  redeliver(attemptId: number): Promise<boolean>;
}
