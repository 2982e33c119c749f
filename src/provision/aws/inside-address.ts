import { BlockList, isIPv6 } from 'node:net';

/**
 * Networks in which a private load balancer may have its addresses: RFC 1918, RFC 6598 and RFC 4193. A subnet of AWS may
 * be of any of them (Amazon VPC user guide, "VPC CIDR blocks").
 */
const PRIVATE = networks(['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', 'fc00::/7']);

/**
 * What leads nowhere that a visitor could come from: the IPv4 networks that IANA's Special-Purpose Address Registry calls
 * not globally reachable, among them this machine, its link with the instance metadata service, and the containers' own.
 */
const NEVER = networks([
  '0.0.0.0/8',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/3',
]);

/** Global unicast, RFC 4291; within it, what carries an IPv4 address that nobody would check, and what is for examples. */
const GLOBAL = networks(['2000::/3']);
const CARRIERS = networks(['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20']);

/** Where an address leads: `private` networks may be the platform's own, and nobody may be sent to what is `never` outside. */
export type Reach = 'public' | 'private' | 'never';

/** An address that cannot be read is `never`. An IPv4 address in IPv6's clothes (`::ffff:10.0.0.1`) counts as what it is. */
export function reachOf(address: string): Reach {
  const plain = unmapped(address);
  if (covers(PRIVATE, plain)) {
    return 'private';
  }
  if (isIPv6(plain)) {
    return covers(GLOBAL, plain) && !covers(CARRIERS, plain) ? 'public' : 'never';
  }
  return /^\d+\.\d+\.\d+\.\d+$/.test(plain) && !covers(NEVER, plain) ? 'public' : 'never';
}

function covers(list: BlockList, address: string): boolean {
  return list.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}

function unmapped(address: string): string {
  const [, dotted] = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address) ?? [];
  return dotted ?? address;
}

function networks(cidrs: readonly string[]): BlockList {
  const list = new BlockList();
  for (const cidr of cidrs) {
    const [network = '', bits] = cidr.split('/');
    list.addSubnet(network, Number(bits), isIPv6(network) ? 'ipv6' : 'ipv4');
  }
  return list;
}
