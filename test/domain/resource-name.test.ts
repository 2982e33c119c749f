import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ResourceKind } from '../../src/domain/resource.ts';
import { certificateToken, resourceName } from '../../src/domain/resource-name.ts';

const environment = { name: 'vol-1721' };
const platform = 'mayfly';

/** The names that each service's API takes, with the rules that are not about length. */
const LEGAL: Partial<Record<ResourceKind, RegExp>> = {
  'target-group': /^(?!.*--)(?!internal-)[A-Za-z0-9]([A-Za-z0-9-]{0,30}[A-Za-z0-9])?$/,
  'clone-cluster': /^(?!.*--)[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/,
  'clone-instance': /^(?!.*--)[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/,
  service: /^[A-Za-z0-9_-]{1,255}$/,
  'task-definition': /^[A-Za-z0-9_-]{1,255}$/,
  'log-group': /^(?!\/?aws\/)[.\-_/#A-Za-z0-9]{1,512}$/,
  secret: /^[A-Za-z0-9/_+=.@-]{1,512}$/,
  parameters: /^(\/[A-Za-z0-9._-]+)+\/$/,
  'database-credentials': /^[A-Za-z0-9/_+=.@-]{1,512}$/,
  'database-user': /^[A-Za-z0-9/_+=.@-]{1,512}$/,
};
const KINDS = Object.keys(LEGAL) as ResourceKind[];

const word = fc.stringMatching(/^[a-z][a-z0-9]{0,4}$/);
const platforms = fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join('-'));
const environments = fc
  .tuple(word, fc.integer({ min: 1, max: 99_999 }), fc.option(fc.stringMatching(/^[0-9a-f]{4}$/), { nil: undefined }))
  .map((parts) => parts.filter((part) => part !== undefined).join('-'));
const services = fc.oneof(
  fc.stringMatching(/^[a-z][a-z0-9]{0,6}(-[a-z0-9]{1,6}){0,3}$/),
  fc.stringMatching(/^[0-9a-f]{4}(-[a-z]{1,3})?$/),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 300 }),
);

const named = fc.record({ platform: platforms, environment: fc.record({ name: environments }), service: services });

describe('resourceName', () => {
  it.each([
    { kind: 'target-group', service: 'api', name: 'mayfly-vol-1721-api' },
    { kind: 'clone-cluster', name: 'mayfly-vol-1721' },
    { kind: 'clone-instance', name: 'mayfly-vol-1721-1' },
    { kind: 'database-credentials', service: '2', name: 'mayfly/vol-1721/2/database' },
    { kind: 'log-group', service: 'api', name: '/mayfly/mayfly/vol-1721/api' },
    { kind: 'secret', service: 'api', name: 'mayfly/vol-1721/api' },
    { kind: 'database-credentials', name: 'mayfly/vol-1721/database' },
    { kind: 'database-user', name: 'mayfly/vol-1721/database-user' },
    { kind: 'database-user', service: '2', name: 'mayfly/vol-1721/2/database-user' },
    { kind: 'parameters', name: '/mayfly/vol-1721/' },
    { kind: 'service', service: 'pdf-converter', name: 'mayfly-vol-1721-pdf-converter' },
    { kind: 'task-definition', service: 'api', name: 'mayfly-vol-1721-api' },
  ] as const)('is $name for a $kind', ({ name, ...named }) => {
    expect(resourceName({ platform, environment, ...named })).toBe(name);
  });

  it('tells a second clone from the first of an environment that is called as if it were one', () => {
    const second = resourceName({ platform, environment, kind: 'clone-cluster', service: '2' });
    expect(second).toMatch(/^mayfly-vol-1721-2-[0-9a-f]{8}$/);
    expect(resourceName({ platform, environment: { name: 'vol-1721-2' }, kind: 'clone-cluster' })).not.toBe(second);
  });

  it('keeps a readable head and stays within 32 characters for a target group of a long service', () => {
    const names = ['document-conversion-worker', 'document-conversion-writer'].map((service) =>
      resourceName({ platform, environment, kind: 'target-group', service }),
    );
    expect(names[0]).toMatch(/^mayfly-vol-1721-documen-[0-9a-f]{8}$/);
    expect(names[0]).toHaveLength(32);
    expect(names[0]).not.toBe(names[1]);
  });

  it('is not taken for another environment when a service looks like the end of its name', () => {
    const ofService = resourceName({ platform, environment: { name: 'pr-12' }, kind: 'service', service: 'cafe-x' });
    const ofOther = resourceName({ platform, environment: { name: 'pr-12-cafe' }, kind: 'service', service: 'x' });
    expect(ofOther).toBe('mayfly-pr-12-cafe-x');
    expect(ofService).not.toBe(ofOther);
  });

  it('is legal for every kind, whatever platform, environment and service are called', () => {
    fc.assert(
      fc.property(fc.constantFrom(...KINDS), named, (kind, resource) => {
        fc.pre(!resource.platform.startsWith('internal'));
        expect(resourceName({ ...resource, kind })).toMatch(LEGAL[kind] ?? /^$/);
      }),
      { numRuns: 500 },
    );
  });

  it('is shared by no two resources of a kind', () => {
    fc.assert(
      fc.property(fc.constantFrom(...KINDS), named, named, (kind, a, b) => {
        fc.pre(JSON.stringify(a) !== JSON.stringify(b));
        expect(resourceName({ ...a, kind })).not.toBe(resourceName({ ...b, kind }));
      }),
      { numRuns: 2000 },
    );
  });

  it('tells apart services that differ only in what a name cannot hold', () => {
    const names = ['a_b', 'a-b', 'A-b', 'a--b'].flatMap((service) =>
      (['service', 'log-group'] as const).map((kind) => resourceName({ platform, environment, kind, service })),
    );
    expect(new Set(names).size).toBe(names.length);
  });
});

describe('certificateToken', () => {
  it('is word characters, at most 32, and another for other names', () => {
    const token = certificateToken({ platform, environment, names: ['a.example.com'] });
    expect(token).toMatch(/^\w{1,32}$/);
    expect(token).toBe(certificateToken({ platform, environment, names: ['a.example.com'] }));
    expect(token).not.toBe(certificateToken({ platform, environment, names: ['b.example.com'] }));
  });
});
