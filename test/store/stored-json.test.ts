import { describe, expect, it } from '@jest/globals';
import { storableText } from '../../src/store/stored-json.ts';

describe('text that is kept', () => {
  it('holds nothing that one of the engines refuses or loses', () => {
    expect(storableText('\uFEFF\uFEFFa\0b\uD800c\uFEFFd')).toBe('a\uFFFDb\uFFFDc\uFEFFd');
  });
});
