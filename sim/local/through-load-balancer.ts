import { ZONE } from './first-users.ts';

/** `https://api.pr-7.example/x` as the data plane of the local cloud takes it. */
export function throughLoadBalancer(awsUrl: string, href: string): string {
  // A comment may hold an anchor or a path: those lead nowhere else.
  if (!URL.canParse(href)) {
    return href;
  }
  const { protocol, port, host, hostname, pathname, search } = new URL(href);
  if (!hostname.endsWith(ZONE)) {
    return href;
  }
  const standard = protocol === 'https:' ? '443' : '80';
  return `${awsUrl}/_lb/${port || standard}/${host.replace(/:\d+$/, '')}${pathname}${search}`;
}

/** Reaches the hosts of environments through the local cloud's data plane. */
export function fetchThroughLoadBalancer(awsUrl: string): typeof fetch {
  return async (input, init) =>
    await globalThis.fetch(throughLoadBalancer(awsUrl, String(input instanceof Request ? input.url : input)), init);
}
