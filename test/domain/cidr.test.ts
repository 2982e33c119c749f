import { expect, it } from '@jest/globals';
import { isWithin } from '../../src/domain/cidr.ts';

it.each([
  { inner: '10.20.3.0/24', outer: '10.20.0.0/16', within: true, reason: 'a part' },
  { inner: '10.20.0.0/16', outer: '10.20.0.0/16', within: true, reason: 'the same' },
  { inner: '10.20.0.7/32', outer: '10.20.0.7/32', within: true, reason: 'one address' },
  { inner: '10.20.0.0/15', outer: '10.20.0.0/16', within: false, reason: 'larger, though it begins alike' },
  { inner: '10.21.0.0/24', outer: '10.20.0.0/16', within: false, reason: 'beside it' },
  { inner: '0.0.0.0/0', outer: '10.0.0.0/8', within: false, reason: 'everybody' },
  { inner: '2001:db8:1::/48', outer: '2001:db8::/32', within: true, reason: 'a part, in IPv6' },
  { inner: '2001:db9::/32', outer: '2001:db8::/32', within: false, reason: 'beside it, in IPv6' },
  { inner: '::1/128', outer: '::/64', within: true, reason: 'nearly all zeros' },
  { inner: '::ffff:10.20.0.1/128', outer: '10.20.0.0/16', within: false, reason: 'of another family' },
  { inner: '10.20.0.0/16', outer: '::/0', within: false, reason: 'of another family' },
])('is $within that $inner is within $outer: $reason', ({ inner, outer, within }) => {
  expect(isWithin(inner, outer)).toBe(within);
});
