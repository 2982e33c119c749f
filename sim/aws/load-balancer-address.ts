import type { DataPlaneRequest } from './data-plane/exchange.ts';
import type { WireRequest } from './wire/messages.ts';

const BY_PATH = /^\/_lb\/(\d+)\/([^/?]+)(.*)$/s;
const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])?(:\d+)?$/i;
const HTTPS = 443;

/**
 * The request as it would reach the load balancer, or undefined when it is not meant for one. Two ways lead there:
 * `/_lb/<listener port>/<host>/<path>`, and a `Host` that is not this machine; then `X-Forwarded-Port` names the
 * listener, 443 unless it is given.
 */
export function loadBalancerRequest(request: WireRequest): DataPlaneRequest | undefined {
  const { method, url } = request;
  const headers = flat(request.headers);
  const common = { method, headers, sourceIp: '127.0.0.1' };
  const match = BY_PATH.exec(url);
  if (match) {
    const [, port, host = '', rest = ''] = match;
    const path = rest.startsWith('/') ? rest : `/${rest}`;
    return { ...common, headers: { ...headers, host }, listenerPort: Number(port), host, path };
  }
  const { host = '' } = headers;
  if (LOOPBACK.test(host)) {
    return undefined;
  }
  return { ...common, listenerPort: Number(headers['x-forwarded-port'] ?? HTTPS), host, path: url };
}

function flat(headers: WireRequest['headers']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, [value].flat().join(', ')]],
    ),
  );
}
