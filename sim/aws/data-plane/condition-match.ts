import type { QueryStringKeyValuePair, RuleCondition } from '@aws-sdk/client-elastic-load-balancing-v2';
import { BlockList, isIPv6 } from 'node:net';
import type { DataPlaneRequest } from './exchange.ts';

/** Whether the request meets the condition. One of several values is enough; every condition of a rule must be met. */
export function meets(condition: RuleCondition, request: DataPlaneRequest): boolean {
  const { pathname, searchParams } = new URL(request.path, 'http://host.invalid');
  const { HostHeaderConfig, PathPatternConfig, HttpHeaderConfig, HttpRequestMethodConfig, SourceIpConfig } = condition;
  if (HostHeaderConfig) {
    const host = hostNameOf(request.host);
    return (HostHeaderConfig.Values ?? []).some((pattern) => wildcard(pattern, 'i').test(host));
  }
  if (PathPatternConfig) {
    return (PathPatternConfig.Values ?? []).some((pattern) => wildcard(pattern).test(pathname));
  }
  if (HttpHeaderConfig) {
    const sent = headerOf(request, HttpHeaderConfig.HttpHeaderName ?? '');
    return sent !== undefined && (HttpHeaderConfig.Values ?? []).some((pattern) => wildcard(pattern, 'i').test(sent));
  }
  if (HttpRequestMethodConfig) {
    return (HttpRequestMethodConfig.Values ?? []).includes(request.method);
  }
  if (SourceIpConfig) {
    return (SourceIpConfig.Values ?? []).some((cidr) => isInside(request.sourceIp, cidr));
  }
  return (condition.QueryStringConfig?.Values ?? []).some((pair) => hasPair(searchParams, pair));
}

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

function headerOf({ headers }: DataPlaneRequest, name: string): string | undefined {
  return Object.entries(headers).find(([sent]) => sent.toLowerCase() === name.toLowerCase())?.[1];
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
