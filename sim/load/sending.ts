/** What the process that sends is told, once. */
export interface SendingOrder {
  readonly url: string;
  readonly rate: number;
  readonly messages: readonly { readonly event: string; readonly body: string; readonly secret: string }[];
  /** In the order in which they are due: the place of the message, and the delivery's id. */
  readonly deliveries: readonly { readonly message: number; readonly id: string }[];
}

/** What came of one delivery, in the order of the plan. */
export interface Sent {
  /** 0 when nothing answered. */
  readonly status: number;
  /** From when it was due until it was answered. */
  readonly milliseconds: number;
  /** From when it was due until it was sent: the sender's own lateness, which counts as well. */
  readonly lateMilliseconds: number;
}
