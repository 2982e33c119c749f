import { Refusal } from '../wire/refusal.ts';

/** An IPv4 range as numbers: its first address and how many it holds. */
export interface Range {
  readonly first: number;
  readonly size: number;
}

/** Reads `10.0.0.0/16`. Throws InvalidParameterValue for anything else. */
export function rangeOf(cidr: string): Range {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(cidr);
  const [octets, bits] = [match?.slice(1, 5).map(Number) ?? [], Number(match?.[5])];
  if (!match || octets.some((octet) => octet > 255) || bits > 32) {
    throw new Refusal(
      'InvalidParameterValue',
      `Value (${cidr}) for parameter cidrBlock is invalid. This is not a valid CIDR block.`,
    );
  }
  const size = 2 ** (32 - bits);
  const address = octets.reduce((sum, octet) => sum * 256 + octet, 0);
  return { first: address - (address % size), size };
}

export function holds(outer: Range, inner: Range): boolean {
  return inner.first >= outer.first && inner.first + inner.size <= outer.first + outer.size;
}

export function overlap(one: Range, other: Range): boolean {
  return one.first < other.first + other.size && other.first < one.first + one.size;
}

export function addressAt({ first }: Range, offset: number): string {
  const address = first + offset;
  return [2 ** 24, 2 ** 16, 2 ** 8, 1].map((unit) => Math.floor(address / unit) % 256).join('.');
}
