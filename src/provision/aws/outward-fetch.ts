import { lookup } from 'node:dns/promises';
import { TerminalError } from '../../domain/failure.ts';
import { reachOf } from './inside-address.ts';
import { type Address, type Call, visit } from './visit.ts';

interface Parts {
  /** The domain below which all hosts of environments are. */
  readonly zone: string;
  /** The load balancer's own DNS name, and of AWS's making: where private addresses may lead. */
  readonly loadBalancer: string;
  readonly resolve?: (host: string) => Promise<readonly Address[]>;
  readonly call?: (call: Call) => Promise<Response>;
}

/**
 * A `fetch` for smoke checks, which cannot be turned inward. Mayfly stands in the platform's network, and what it asks is
 * written by whoever opens a pull request: their paths, and their answers and redirects. So it
 *  - asks only hosts below the platform's zone, by GET, on a URL without credentials;
 *  - looks a host up once, and connects to the addresses that were checked ("DNS rebinding", OWASP, Server-Side Request
 *    Forgery Prevention Cheat Sheet);
 *  - goes to public addresses, and to private ones only where they are the load balancer's own;
 *  - does what `visit` does, and no more: no redirect, no body, no cookie, no proxy.
 * Throws `SmokeRefused` where it will not go, which no retry mends, and whatever the network throws.
 */
export function createOutwardFetch({ zone, loadBalancer, resolve = resolveAll, call = visit }: Parts): typeof fetch {
  async function checked(host: string): Promise<readonly Address[]> {
    const addresses = await resolve(host);
    const reaches = addresses.map(({ address }) => reachOf(address));
    if (addresses.length === 0 || reaches.includes('never')) {
      throw refusal(host, 'leads to an address at which no environment can be');
    }
    if (reaches.includes('private')) {
      const own = new Set((await resolve(loadBalancer)).map(({ address }) => address));
      if (!addresses.every(({ address }) => own.has(address))) {
        throw refusal(host, "leads to a private address that is not the load balancer's");
      }
    }
    return addresses;
  }

  return async (input, init = {}) => {
    const url = new URL(input instanceof Request ? input.url : String(input));
    const problem = problemOf(url, { zone, method: init.method ?? 'GET' });
    if (problem !== undefined) {
      throw refusal(url.hostname, problem);
    }
    const signal = init.signal ?? undefined;
    return await call({ url, addresses: await unlessAborted(checked(url.hostname), signal), signal });
  };
}

/** A name server that does not answer is waited for no longer than the service itself. */
async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) {
    return await work;
  }
  const aborted = Promise.withResolvers<never>();
  const abort = (): void => aborted.reject(signal.reason as Error);
  signal.addEventListener('abort', abort, { once: true });
  try {
    signal.throwIfAborted();
    return await Promise.race([work, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

function problemOf(url: URL, { zone, method }: { zone: string; method: string }): string | undefined {
  if (method !== 'GET' || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') {
    return 'is asked by a plain GET over HTTP, and no other way';
  }
  return url.hostname.endsWith(`.${zone}`) ? undefined : "is not below the platform's zone";
}

/** Names the host, and no address: what a name inside a network leads to is nobody's business on a pull request. */
function refusal(host: string, why: string): TerminalError {
  return new TerminalError('SmokeRefused', `Smoke checks do not go to \`${host}\`: it ${why}.`, { actor: 'operator' });
}

async function resolveAll(host: string): Promise<Address[]> {
  return await lookup(host, { all: true });
}
