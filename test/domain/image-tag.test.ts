import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { renderTag, tagTemplateProblem } from '../../src/domain/image-tag.ts';
import { touchedServices } from '../../src/domain/touched-services.ts';
import { REAL_BRANCHES } from './real-branches.ts';

const sha = 'ec021a6482b8f6a3c1d2e4f5a6b7c8d9e0f1a2b3';

describe('renderTag', () => {
  it.each([
    { template: '{sha}', tag: sha },
    { template: '{sha7}', tag: 'ec021a6' },
    { template: 'pr-{number}-{sha10}', tag: 'pr-1721-ec021a6482' },
    { template: 'branch-{slug}-{sha10}', tag: 'branch-fix-ecs_service_loadbalancer_logic-ec021a6482' },
    { template: '{branch}', tag: 'fix-ecs_service_loadBalancer_logic' },
    { template: 'v1.2', tag: 'v1.2' },
  ])('makes $tag of $template', ({ template, tag }) => {
    expect(tagTemplateProblem(template, 'head')).toBeUndefined();
    expect(renderTag(template, { branch: 'fix/ecs_service_loadBalancer_logic', sha, number: 1721 })).toBe(tag);
  });

  it('gives the newest commit of the paths to an untouched service', () => {
    expect(renderTag('{pathSha7}', { pathSha: sha })).toBe('ec021a6');
  });

  it('gives nothing when a value is not there', () => {
    expect(renderTag('{pathSha7}', { sha })).toBeUndefined();
    expect(renderTag('{slug}', { sha })).toBeUndefined();
  });

  it.each([...REAL_BRANCHES, '🎉🎉', '.hidden', '-x', 'é'.repeat(200)])(
    'is legal, with the whole commit, for the branch %s',
    (branch) => {
      for (const end of ['', '-{sha}', '-{sha10}']) {
        const tags = ['{slug}', '{branch}', 'branch-{slug}-{branch}'].map((start) =>
          renderTag(`${start}${end}`, { branch, sha }),
        );
        expect(tags).toEqual(tags.map(() => expect.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/)));
        expect(tags.every((tag) => tag?.endsWith(renderTag(`x${end}`, { sha })?.slice(1) ?? '?'))).toBe(true);
      }
    },
  );

  it('is legal for any branch', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 300 }), (branch) => {
        expect(renderTag('{slug}', { branch })).toMatch(/^[a-z0-9_][a-z0-9._-]{0,127}$/);
      }),
    );
  });
});

describe('tagTemplateProblem', () => {
  it.each([
    ['{pathSha}', 'only a fallback has paths'],
    ['{shaa}', 'a placeholder that is unknown'],
    ['a b', 'a space'],
    ['-{sha}', 'a hyphen in front'],
    ['a:{sha}', 'a colon'],
    ['', 'nothing'],
    ['x'.repeat(129), 'too long'],
  ])('refuses %j for the head: %s', (template) => {
    expect(tagTemplateProblem(template, 'head')).toEqual(expect.any(String));
  });
});

describe('touchedServices', () => {
  const services = {
    api: { paths: ['app/api', 'lib'] },
    web: { paths: ['./app/web/', 'lib/'] },
    docs: { paths: ['README.md'] },
    all: { paths: [] },
  };

  it.each([
    { changed: ['app/api/src/x.php'], touched: ['api', 'all'], reason: 'a file below a path' },
    { changed: ['lib/y.php'], touched: ['api', 'web', 'all'], reason: 'a path of two services' },
    { changed: ['library/y.php', 'app/api2/x'], touched: ['all'], reason: 'paths that only begin alike' },
    { changed: ['lib'], touched: ['api', 'web', 'all'], reason: 'the path itself' },
    { changed: ['README.md'], touched: ['docs', 'all'], reason: 'a file' },
    { changed: ['x/lib/y'], touched: ['all'], reason: 'the name deeper down' },
    { changed: ['app'], touched: ['all'], reason: 'only a parent' },
    { changed: [], touched: ['all'], reason: 'nothing' },
  ])('are $touched for $changed: $reason', ({ changed, touched }) => {
    expect(touchedServices(changed, services)).toEqual(touched);
  });

  it('are all whose path is the root', () => {
    expect(touchedServices(['x'], { a: { paths: ['.'] }, b: { paths: ['/'] }, c: { paths: ['./'] } })).toEqual([
      'a',
      'b',
      'c',
    ]);
  });
});
