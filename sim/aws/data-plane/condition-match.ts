import { BlockList, isIPv6 } from 'node:net';
import type { QueryStringKeyValuePair, RuleCondition } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { DataPlaneRequest } from './exchange.ts';

/** Whether the request meets the condition. One of several values is enough; every condition of a rule must be met. */
export function meets(condition: RuleCondition, request: DataPlaneRequest): boolean {
  return valuesOf(condition).some((matches) => matches(request));
}

type Test = (request: DataPlaneRequest) => boolean;

/** One test for each value of the condition. Paths are compared as they are, all else without regard to case. */
function valuesOf(condition: RuleCondition): Test[] {
  const { HostHeaderConfig, PathPatternConfig, HttpHeaderConfig, HttpRequestMethodConfig } = condition;
  const name = HttpHeaderConfig?.HttpHeaderName ?? '';
  return [
    ...testsOf(HostHeaderConfig, (pattern) => (request) => wildcard(pattern, 'i').test(hostNameOf(request.host))),
    ...testsOf(PathPatternConfig, (pattern) => (request) => wildcard(pattern).test(urlOf(request).pathname)),
    ...testsOf(HttpHeaderConfig, (pattern) => (request) => wildcard(pattern, 'i').test(headerOf(request, name))),
    ...testsOf(HttpRequestMethodConfig, (method) => (request) => request.method === method),
    ...testsOf(condition.SourceIpConfig, (cidr) => (request) => isInside(request.sourceIp, cidr)),
    ...testsOf(condition.QueryStringConfig, (pair) => (request) => hasPair(urlOf(request).searchParams, pair)),
  ];
}

function testsOf<V>(config: { Values?: V[] | undefined } | undefined, test: (value: V) => Test): Test[] {
  return (config?.Values ?? []).map(test);
}

/** Joined, not resolved: `//a/b` is a path, and resolving it would take `a` for a host. */
const urlOf = ({ path }: DataPlaneRequest): URL => new URL(`http://host.invalid${path}`);

/** The Host header without its port, in lower case. */
export function hostNameOf(host: string): string {
  return host.toLowerCase().replace(/:\d+$/, '');
}

/** `*` is any number of characters, `?` exactly one. */
function wildcard(pattern: string, flags = ''): RegExp {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, flags);
}

function headerOf({ headers }: DataPlaneRequest, name: string): string {
  return Object.entries(headers).find(([sent]) => sent.toLowerCase() === name.toLowerCase())?.[1] ?? '';
}

function isInside(address: string, cidr: string): boolean {
  const [network = '', bits = ''] = cidr.split('/');
  const family = isIPv6(network) ? 'ipv6' : 'ipv4';
  const block = new BlockList();
  block.addSubnet(network, Number(bits), family);
  return isIPv6(address) === (family === 'ipv6') && block.check(address, family);
}

/** A pair without a key looks at the values of all keys. */
function hasPair(sent: URLSearchParams, { Key, Value = '' }: QueryStringKeyValuePair): boolean {
  return [...sent].some(
    ([key, value]) => (Key === undefined || wildcard(Key, 'i').test(key)) && wildcard(Value, 'i').test(value),
  );
}
