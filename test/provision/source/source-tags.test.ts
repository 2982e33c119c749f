import { describe, expect, it } from '@jest/globals';
import { decodeTags, provesOwnership, TAG_KEYS } from '../../../src/domain/tags.ts';
import { claimSource, proveSource, provesSource, sourceTags } from '../../../src/provision/aws/source/source-tags.ts';

const OWN = { platform: 'nonprod', name: 'nonprod-source-20261120-0000' };
const TAGS = sourceTags(OWN);

describe("a source's tags", () => {
  it('are those of no environment, so that neither sweep nor reaper takes it for one left behind', () => {
    expect(decodeTags(TAGS)).toBeUndefined();
    expect(TAGS).not.toHaveProperty(TAG_KEYS.ephemeralEnv);
    const environment = { name: '', pullRequest: { repository: '', number: null } };
    expect(provesOwnership(TAGS, environment)).toBe(false);
  });

  it.each([
    ['of another platform', { ...TAGS, [TAG_KEYS.sourceOf]: 'prod' }],
    ['of what it was restored from', { ...TAGS, [TAG_KEYS.name]: 'nonprod-source-20261119-0000' }],
    ['of nobody', {}],
  ])('prove nothing where they are %s: it is neither changed nor deleted', (_whose, tags) => {
    expect(provesSource(tags, OWN)).toBe(false);
    expect(() => claimSource(tags, OWN)).toThrow(expect.objectContaining({ reason: 'NameTaken', actor: 'operator' }));
    expect(() => proveSource(tags, OWN)).toThrow(expect.objectContaining({ reason: 'NotOurs', actor: 'operator' }));
  });

  it('prove it where they are its own', () => {
    expect(() => claimSource(TAGS, OWN)).not.toThrow();
    expect(() => proveSource(TAGS, OWN)).not.toThrow();
  });
});
