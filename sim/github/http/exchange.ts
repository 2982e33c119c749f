import type { Caller } from './caller.ts';

export interface RestRequest {
  readonly method: string;
  /** Absolute, without `/api/v3`. */
  readonly url: URL;
  readonly headers: { readonly [name: string]: string | undefined };
  readonly body: string;
}

export interface RestAnswer {
  readonly status: number;
  readonly headers: { readonly [name: string]: string };
  readonly body: string;
  readonly operation: string | undefined;
  readonly caller: Caller;
  /** The answer must not reach the client: a fault asked for that. */
  readonly lost: boolean;
}
