import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { slugOf } from '../../src/domain/slug.ts';
import { REAL_BRANCHES } from './real-branches.ts';

const LABEL = /^[a-z0-9]+(-[a-z0-9]+)*$/;

describe('slugOf', () => {
  it.each([
    { branch: 'VOL-7442', slug: 'vol-7442', reason: 'upper case' },
    { branch: 'VOL-5794-bash&python-jobs', slug: 'vol-5794-bash-python-jobs', reason: '&' },
    { branch: '7490-sas-mi-extract', slug: '7490-sas-mi-extract', reason: 'a digit in front' },
    { branch: 'release-8.1.x', slug: 'release-8-1-x', reason: 'dots' },
    { branch: 'release-please--branches--main', slug: 'release-please-branches-main', reason: 'double hyphens' },
    { branch: 'fix/Café', slug: 'fix-cafe', reason: 'accents' },
    { branch: '-/x/-', slug: 'x', reason: 'hyphens at the ends' },
  ])('makes $slug of $branch ($reason)', ({ branch, slug }) => {
    expect(slugOf(branch, 30)).toBe(slug);
  });

  it('keeps the real branches apart at thirty characters, where cutting alone does not', () => {
    const cut = new Set(REAL_BRANCHES.map((branch) => slugOf(branch).slice(0, 30)));
    const slugs = new Set(REAL_BRANCHES.map((branch) => slugOf(branch, 30)));
    expect(cut.size).toBe(REAL_BRANCHES.length - 2);
    expect(slugs.size).toBe(REAL_BRANCHES.length);
    expect(Math.max(...[...slugs].map((slug) => slug.length))).toBe(30);
  });

  it('keeps branches apart that have nothing to make a label of', () => {
    expect(slugOf('🎉')).toMatch(/^x-[0-9a-f]{8}$/);
    expect(slugOf('🎉')).not.toBe(slugOf('🎉🎉'));
  });

  it('makes a legal label of any text', () => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.oneof(fc.string({ unit: 'grapheme', maxLength: 1 }), fc.constantFrom('a', '7', '-')),
          maxLength: 120,
        }),
        fc.integer({ min: 10, max: 63 }),
        (text, max) => {
          const slug = slugOf(text, max);
          expect(slug).toMatch(LABEL);
          expect(slug.length).toBeLessThanOrEqual(max);
          expect(slugOf(slug, max)).toBe(slug);
        },
      ),
    );
  });
});
