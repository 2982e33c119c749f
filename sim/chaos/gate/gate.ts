import { throttleOf } from '../../aws/guards/throttling.ts';
import { DroppedConnection } from '../../aws/wire/dropped-connection.ts';
import type { Guard } from '../../aws/wire/guard.ts';
import { Refusal } from '../../aws/wire/refusal.ts';
import type { RestAnswer, RestGate } from '../../github/http/exchange.ts';
import { MAYFLY_CREDENTIALS } from '../../local/credentials.ts';
import { type Passing, passingOfAws, passingOfGitHub } from './passing.ts';

/** What becomes of a request. */
export type Strike =
  /** Held until `until` resolves, before its work or after it; then the connection is cut. */
  | { readonly kind: 'hold'; readonly when: 'before' | 'after'; held(): void; readonly until: Promise<void> }
  /** The work is not done, or its answer is not told. */
  | { readonly kind: 'lose-request' | 'lose-answer' }
  /** AWS's: a shape name of the service's model or a bare code. */
  | { readonly kind: 'refuse'; readonly code: string; readonly message: string; readonly status?: number }
  /** The throttling error of the service. */
  | { readonly kind: 'throttle' }
  /** GitHub's. */
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly message: string;
      readonly headers?: RestAnswer['headers'];
    };

/** Looks at each request of Mayfly's; undefined lets it through. */
export type Rule = (passing: Passing) => Strike | undefined;

/** Where requests of Mayfly's can be stopped on their way into the simulators. */
export interface Gate {
  readonly aws: Guard;
  readonly github: RestGate;
  /** In place of the rule before. */
  rule(rule: Rule): void;
}

/** With a prefix as environments' names have it: `pr`. */
export function createGate(prefix: string): Gate {
  let current: Rule = () => undefined;

  async function guard<T>(call: Parameters<Guard>[0], work: () => Promise<T>): Promise<T> {
    if (call.accessKeyId !== MAYFLY_CREDENTIALS.accessKeyId) {
      return await work();
    }
    const strike = current(passingOfAws(call, prefix));
    switch (strike?.kind) {
      case undefined:
        return await work();
      case 'refuse':
        throw new Refusal(strike.code, strike.message, strike.status === undefined ? {} : { status: strike.status });
      case 'throttle':
        throw throttleOf(call.service);
      case 'answer':
        throw new Error(`${call.service} is not GitHub`);
      case 'hold':
      case 'lose-request':
      case 'lose-answer':
        return await lose(strike, work);
    }
  }

  async function restGate(request: Parameters<RestGate>[0], work: () => Promise<RestAnswer>): Promise<RestAnswer> {
    const strike = current(passingOfGitHub(request, prefix));
    switch (strike?.kind) {
      case undefined:
        return await work();
      case 'answer': {
        const body = JSON.stringify({ message: strike.message, documentation_url: 'https://docs.github.com/rest' });
        const headers = { 'content-type': 'application/json; charset=utf-8', ...strike.headers };
        const { status } = strike;
        return { status, headers, body, operation: request.operation, caller: { kind: 'anonymous' }, lost: false };
      }
      case 'refuse':
      case 'throttle':
        throw new Error('GitHub is not AWS');
      case 'hold':
      case 'lose-request':
      case 'lose-answer':
        return await lose(strike, work);
    }
  }

  return {
    aws: guard,
    github: restGate,
    rule(rule) {
      current = rule;
    },
  };
}

/** Whoever asked never hears of it. */
async function lose<T>(
  strike: Extract<Strike, { kind: 'hold' | 'lose-request' | 'lose-answer' }>,
  work: () => Promise<T>,
): Promise<T> {
  if (strike.kind === 'lose-answer' || (strike.kind === 'hold' && strike.when === 'after')) {
    // What the simulator refuses is an answer as well.
    await work().catch(() => undefined);
  }
  if (strike.kind === 'hold') {
    strike.held();
    await strike.until;
  }
  throw new DroppedConnection();
}
