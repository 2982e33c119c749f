import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ResourceKind } from '../../src/domain/resource.ts';
import { encodeTags, ownershipTags, provesOwnership, TAG_KEYS } from '../../src/domain/tags.ts';
import { createProvisioners } from '../../src/provision/aws/provisioners.ts';
import type { Desired, Provisioner } from '../../src/reconcile/provisioner.ts';
import { SPECIMENS, type Specimen } from '../contract/specimens.ts';
import { createScene, type Scene } from '../contract/stage.ts';
import { environmentRecord } from '../support/environment-record.ts';
import { useInterferedCloud } from './interfered-cloud.ts';

/** Each of the five that together are the proof, missing or another's. */
const FALSE_TAGS: readonly Readonly<Record<string, string | undefined>>[] = [
  { [TAG_KEYS.environment]: 'pr-1' },
  { [TAG_KEYS.repository]: 'acme/bank' },
  { [TAG_KEYS.pullRequest]: '1' },
  { [TAG_KEYS.ephemeralEnv]: undefined },
  { [TAG_KEYS.managedBy]: 'terraform' },
];
/** What takes something away, or changes what it is. */
const MUTATION = /^(Delete|Deregister|Modify|Put|Remove|Stop|Update|Change)/;

const local = useInterferedCloud();

function altered(tags: Readonly<Record<string, string>>, lie: (typeof FALSE_TAGS)[number]): Record<string, string> {
  const entries = Object.entries({ ...tags, ...lie });
  return Object.fromEntries(entries.flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])));
}

/** Made as ours would be, but for its tags. What makes it may notice, and then says so. */
async function make(scene: Scene, desired: Desired<ResourceKind>): Promise<void> {
  const provisioner = scene.provisioner(desired.kind);
  try {
    await scene.eventually(async () => await provisioner.ensure(desired, { state: 'absent' }));
  } catch (error) {
    expect(error).toMatchObject({ reason: 'NameTaken' });
  }
}

describe('Nothing is deleted whose tags do not prove it ours and of this environment.', () => {
  const tagged = (Object.values(SPECIMENS) as unknown as Specimen<ResourceKind>[]).filter(({ tags }) => tags);

  it.each(tagged.map((specimen) => [specimen.kind, specimen] as const))(
    'a %s of the very name that one tag says is not ours stays as it is',
    async (kind, specimen) => {
      const provisioners = createProvisioners({ ...local.cloud, clients: local.interfered.clients });
      const provisioner = provisioners[kind] as unknown as Provisioner<ResourceKind>;
      const deletionsOf = async (lie: (typeof FALSE_TAGS)[number]): Promise<readonly string[]> => {
        const scene = createScene(local.cloud);
        const ours = await specimen.desire(scene);
        await make(scene, { ...ours, tags: altered(ours.tags, lie) });
        local.interfered.sent.length = 0;
        await provisioner.release({ ...ours, recorded: undefined }).catch((error: unknown) => {
          expect(error).toMatchObject({ reason: 'NotOurs', actor: 'operator' });
        });
        return local.interfered.sent.map(({ operation }) => operation).filter((name) => MUTATION.test(name));
      };
      // One that costs a clone is tried with one lie, the others with each.
      const lies = /clone|database/.test(kind) ? FALSE_TAGS.slice(1, 2) : FALSE_TAGS;
      for (const lie of lies) {
        expect({ lie, deletions: await deletionsOf(lie) }).toEqual({ lie, deletions: [] });
      }
      expect(await deletionsOf({})).not.toEqual([]);
    },
    60_000,
  );

  it('is proven by all five together, whatever else is there, and by nothing less', () => {
    const { identity } = environmentRecord(7);
    const own = ownershipTags(identity);
    const lie = fc.record({
      key: fc.constantFrom(...Object.keys(own)),
      value: fc.option(fc.string(), { nil: undefined }),
      others: fc.dictionary(fc.string(), fc.string(), { maxKeys: 3 }),
    });
    fc.assert(
      fc.property(lie, ({ key, value, others }) => {
        fc.pre(value !== own[key]);
        const tags = { ...others, ...own };
        expect(provesOwnership(tags, identity)).toBe(true);
        expect(provesOwnership(altered(tags, { [key]: value }), identity)).toBe(false);
      }),
    );
  });

  it('no two environments can each prove the same thing theirs', () => {
    const owner = fc.record({
      name: fc.constantFrom('pr-1', 'pr-7', 'pay'),
      repository: fc.constantFrom('acme/shop', 'acme/bank'),
      number: fc.constantFrom(1, 7),
    });
    fc.assert(
      fc.property(owner, owner, (one, other) => {
        fc.pre(JSON.stringify(one) !== JSON.stringify(other));
        const identityOf = ({ name, repository, number }: typeof one) => ({
          id: `${repository}#${number}`,
          name,
          pullRequest: { repository, number },
        });
        const about = { name: 'x', branch: 'main', commit: 'a'.repeat(40), expiresAt: new Date(0) };
        const tags = encodeTags({ environment: identityOf(one), ...about });
        expect(provesOwnership(tags, identityOf(one))).toBe(true);
        expect(provesOwnership(tags, identityOf(other))).toBe(false);
      }),
    );
  });
});
