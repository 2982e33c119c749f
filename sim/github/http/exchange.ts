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

/** Carries out a request, or has another answer take the place of its own. */
export type RestGate = (
  request: RestRequest & {
    /** GitHub's id of the operation; undefined when the path names none. */
    readonly operation: string | undefined;
  },
  work: () => Promise<RestAnswer>,
) => Promise<RestAnswer>;
