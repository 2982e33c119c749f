import { describe, expect, it } from '@jest/globals';
import { nameCovers } from '../../../../sim/aws/data-plane/certificate-cover.ts';

describe("a certificate's name", () => {
  it.each([
    { name: 'ephemeral.example', host: 'ephemeral.example', covers: true },
    { name: '*.ephemeral.example', host: 'pr-7.ephemeral.example', covers: true },
    { name: '*.ephemeral.example', host: 'api.pr-7.ephemeral.example', covers: false },
    { name: '*.ephemeral.example', host: 'ephemeral.example', covers: false },
    { name: '*.ephemeral.example', host: '.ephemeral.example', covers: false },
    { name: 'api.ephemeral.example', host: 'web.ephemeral.example', covers: false },
  ])('$name covers $host: $covers', ({ name, host, covers }) => {
    expect(nameCovers(name, host)).toBe(covers);
  });
});
