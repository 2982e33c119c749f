import { describe, expect, it } from '@jest/globals';
import { pullRequestPage } from '../../src/github/pull-request-page.ts';

describe('where people read a pull request', () => {
  it.each([
    ['https://api.github.com', 'https://github.com/acme/shop/pull/7'],
    ['https://api.acme.ghe.com', 'https://acme.ghe.com/acme/shop/pull/7'],
    ['https://github.acme.example/api/v3', 'https://github.acme.example/acme/shop/pull/7'],
    ['http://127.0.0.1:4000', 'http://127.0.0.1:4000/acme/shop/pull/7'],
  ])('is, where the API is at %s, %s', (api, page) => {
    expect(pullRequestPage(api, { repository: 'acme/shop', number: 7 })).toBe(page);
  });
});
