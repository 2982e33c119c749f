/** Whether every address of a network is one of the other's. Both are written `address/bits`; IPv4 is never within IPv6. */
export function isWithin(inner: string, outer: string): boolean {
  const [network, range] = [prefixOf(inner), prefixOf(outer)];
  return network.family === range.family && network.prefix.startsWith(range.prefix);
}

/** What all addresses of a network begin with, in ones and zeros. */
function prefixOf(cidr: string): { family: 4 | 6; prefix: string } {
  const [address = '', length] = cidr.split('/');
  const family = address.includes(':') ? 6 : 4;
  const bits =
    family === 4
      ? address.split('.').map((octet) => binary(Number(octet), 8))
      : groupsOf(address).map((group) => binary(Number(`0x${group}`), 16));
  return { family, prefix: bits.join('').slice(0, Number(length)) };
}

/** The eight groups of an IPv6 address, those that `::` stands for among them (RFC 4291, section 2.2). */
function groupsOf(address: string): string[] {
  const [head = '', tail] = address.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : 8 - left.length - right.length;
  return [...left, ...Array.from({ length: zeros }, () => '0'), ...right];
}

function binary(value: number, width: number): string {
  return value.toString(2).padStart(width, '0');
}
