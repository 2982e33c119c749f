import { describe, expect, it } from '@jest/globals';
import { formatBytes } from '../../src/domain/bytes.ts';

describe('formatBytes', () => {
  it.each([
    [0, '0 bytes'],
    [1023, '1023 bytes'],
    [1536, '1.5 KiB'],
    [20 * 1024 ** 2, '20 MiB'],
    [3 * 1024 ** 3, '3 GiB'],
    [5000 * 1024 ** 4, '5000 TiB'],
  ])('writes %d as %j', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });
});
