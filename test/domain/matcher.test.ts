import { describe, expect, it } from '@jest/globals';
import { matcherProblem, matches } from '../../src/domain/matcher.ts';

it.each([
  { matcher: '200', accepts: [200], refuses: [199, 201, 500] },
  { matcher: '200-499', accepts: [200, 404, 499], refuses: [199, 500] },
  { matcher: '200,302', accepts: [200, 302], refuses: [201, 301] },
  { matcher: '200-299,404', accepts: [250, 404], refuses: [300, 405] },
])('accepts what $matcher says, and nothing else', ({ matcher, accepts, refuses }) => {
  expect(matcherProblem(matcher)).toBeUndefined();
  expect(accepts.every((status) => matches(matcher, status))).toBe(true);
  expect(refuses.some((status) => matches(matcher, status))).toBe(false);
});

describe('matcherProblem', () => {
  it.each([
    ['', 'nothing'],
    ['2xx', 'letters'],
    ['200 - 299', 'spaces'],
    ['199', 'below what a load balancer takes'],
    ['200-599', 'above what a load balancer takes'],
    ['300-200', 'backwards'],
    ['200,', 'an end that is missing'],
    ['200-300-400', 'two ranges in one'],
  ])('refuses %j: %s', (matcher) => {
    expect(matcherProblem(matcher)).toEqual(expect.any(String));
    expect(matches(matcher, 250)).toBe(matcher === '200-599');
  });
});
