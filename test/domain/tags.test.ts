import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { EnvironmentIdentity } from '../../src/domain/environment.ts';
import {
  decodeTags,
  encodeTags,
  isProtected,
  provesOwnership,
  sanitiseTagValue,
  TAG_KEYS,
} from '../../src/domain/tags.ts';

const environment: EnvironmentIdentity = {
  id: 'dvsa/vol-app#1721',
  pullRequest: { repository: 'dvsa/vol-app', number: 1721 },
  name: 'pr-1721',
};
const expiresAt = new Date('2026-11-29T22:40:17.900Z');
const tags = encodeTags({
  environment,
  name: 'mayfly-pr-1721-api',
  branch: 'feat/x',
  commit: 'ec021a6482',
  expiresAt,
});

describe('tags', () => {
  it('says everything that finding, judging and deleting a resource needs', () => {
    expect(tags).toEqual({
      Name: 'mayfly-pr-1721-api',
      Environment: 'pr-1721',
      TTL: '2026-11-29T22:40:17Z',
      Branch: 'feat/x',
      EphemeralEnv: 'true',
      Repository: 'dvsa/vol-app',
      PullRequest: '1721',
      Commit: 'ec021a6482',
      ManagedBy: 'mayfly',
    });
  });

  it('reads back what was written, in whole seconds', () => {
    expect(decodeTags(tags)).toEqual({
      name: 'mayfly-pr-1721-api',
      environmentName: 'pr-1721',
      repository: 'dvsa/vol-app',
      pullRequest: 1721,
      branch: 'feat/x',
      commit: 'ec021a6482',
      expiresAt: new Date('2026-11-29T22:40:17Z'),
    });
  });

  it.each([
    { key: TAG_KEYS.ephemeralEnv, reason: 'a permanent environment of the same name' },
    { key: TAG_KEYS.managedBy, reason: 'another tool that uses EphemeralEnv' },
    { key: TAG_KEYS.environment, reason: 'an environment that is not named' },
    { key: TAG_KEYS.repository, reason: 'a repository that is not named' },
  ])('proves nothing when $key is missing or another: $reason', ({ key }) => {
    const { [key]: _, ...without } = tags;
    expect(provesOwnership(tags, environment)).toBe(true);
    expect(provesOwnership(without, environment)).toBe(false);
    expect(provesOwnership({ ...tags, [key]: `${tags[key]}0` }, environment)).toBe(false);
    expect(decodeTags(without)).toBeUndefined();
  });

  it('proves nothing for a pull request that is missing, another or none', () => {
    const { [TAG_KEYS.pullRequest]: _, ...without } = tags;
    expect(provesOwnership(without, environment)).toBe(false);
    expect(provesOwnership({ ...tags, PullRequest: '17210' }, environment)).toBe(false);
    expect(decodeTags({ ...tags, PullRequest: 'seven' })).toBeUndefined();
  });

  it('tells an environment without a pull request by the tag that is missing', () => {
    const { [TAG_KEYS.pullRequest]: _, ...without } = tags;
    const owner = { name: 'pr-1721', pullRequest: { repository: 'dvsa/vol-app', number: null } };
    expect(decodeTags(without)?.pullRequest).toBeNull();
    expect(provesOwnership(without, owner)).toBe(true);
    expect(provesOwnership(tags, owner)).toBe(false);
  });

  it.each([
    { value: undefined, protects: false },
    { value: 'false', protects: false },
    { value: ' False ', protects: false },
    { value: 'true', protects: true },
    { value: 'until the audit is over', protects: true },
    { value: '', protects: true },
  ])('a Protect tag of $value protects: $protects', ({ value, protects }) => {
    expect(isProtected(value === undefined ? tags : { ...tags, Protect: value })).toBe(protects);
  });

  it('proves nothing to the same pull request number of another repository', () => {
    const other = { ...environment, pullRequest: { repository: 'dvsa/vol-terraform', number: 1721 } };
    expect(provesOwnership(tags, other)).toBe(false);
  });

  it.each(['', 'soon', '2026-11-29', '2026-11-29T22:40:17+01:00', '2026-13-29T22:40:17Z', '1795992017'])(
    'concludes nothing from a TTL of %j',
    (ttl) => {
      expect(decodeTags({ ...tags, TTL: ttl })?.expiresAt).toBeUndefined();
    },
  );

  it.each([
    { branch: 'VOL-5794-bash&python-jobs', value: 'VOL-5794-bash-python-jobs' },
    { branch: 'fix/ecs_service_loadBalancer_logic', value: 'fix/ecs_service_loadBalancer_logic' },
    { branch: 'feat/#12,(*)', value: 'feat/-12-' },
    { branch: 'fix/café', value: 'fix/cafe' },
    { branch: '🎉🎉', value: '-' },
    { branch: 'aws:branch', value: 'aws-branch' },
    { branch: ' rds:branch ', value: 'rds-branch' },
    { branch: 'x'.repeat(300), value: 'x'.repeat(256) },
  ])('writes the branch $branch as $value', ({ branch, value }) => {
    expect(sanitiseTagValue(branch)).toBe(value);
  });

  it('makes a legal value of any text, and leaves a legal one as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
        const value = sanitiseTagValue(text);
        expect(value).toMatch(/^[A-Za-z0-9 _.:/=+\-@]{0,256}$/);
        expect(value).not.toMatch(/^(aws|rds):/i);
        expect(sanitiseTagValue(value)).toBe(value);
      }),
    );
  });

  it('prove a thing to be of an environment that is over only when the thing is over, and nobody protects it', () => {
    const over = (overSince: Date) => ({ ...environment, overSince });
    expect(provesOwnership(tags, over(new Date('2026-11-29T22:40:17Z')))).toBe(true);
    expect(provesOwnership(tags, over(new Date('2026-11-29T22:40:16Z')))).toBe(false);
    expect(provesOwnership({ ...tags, Protect: 'yes' }, over(new Date('2027-01-01T00:00:00Z')))).toBe(false);
    expect(provesOwnership({ ...tags, TTL: 'for ever' }, over(new Date('2027-01-01T00:00:00Z')))).toBe(false);
  });
});
