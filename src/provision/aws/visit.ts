import { Agent as HttpAgent, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { LookupFunction } from 'node:net';

export interface Address {
  readonly address: string;
  readonly family: number;
}

/** Where to go, and no further. */
export interface Call {
  readonly url: URL;
  /** The only ones that are connected to: the name is not looked up again. */
  readonly addresses: readonly Address[];
  readonly signal?: AbortSignal | undefined;
}

/**
 * One GET, of the status and the `location` alone: a body is not read, however long it is, and a redirect is not followed.
 * Sends no cookie and no credential, keeps no connection, and goes through no proxy, whatever the environment says. The
 * certificate has to be of the URL's host.
 */
export async function visit({ url, addresses, signal }: Call): Promise<Response> {
  const secure = url.protocol === 'https:';
  const agent = secure ? new HttpsAgent({ keepAlive: false }) : new HttpAgent({ keepAlive: false });
  return await new Promise<Response>((resolve, reject) => {
    const request = (secure ? httpsRequest : httpRequest)(url, {
      agent,
      lookup: pinnedTo(addresses),
      headers: { accept: '*/*', 'user-agent': 'mayfly-smoke-check' },
      ...(signal === undefined ? {} : { signal }),
    });
    request.once('error', reject);
    request.once('response', (response) => {
      const { statusCode = 0, headers } = response;
      response.once('error', () => undefined).destroy();
      try {
        const { location } = headers;
        resolve(new Response(null, { status: statusCode, headers: location === undefined ? {} : { location } }));
      } catch (error) {
        // A status that HTTP does not know, or a location that is no text.
        reject(error as Error);
      }
    });
    request.end();
  });
}

/** Node asks this in place of DNS, so between the check of an address and the connection nothing can change. */
function pinnedTo(addresses: readonly Address[]): LookupFunction {
  return (_host, options, answer) => {
    const [first] = addresses;
    if (options.all === true) {
      answer(null, [...addresses]);
    } else {
      answer(null, first?.address ?? '', first?.family ?? 0);
    }
  };
}
