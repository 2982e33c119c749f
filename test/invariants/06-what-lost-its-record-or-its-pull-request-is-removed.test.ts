import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { EnvironmentIdentity } from '../../src/domain/environment.ts';
import { environmentName } from '../../src/domain/naming.ts';
import type { ResourceKind } from '../../src/domain/resource.ts';
import { encodeTags } from '../../src/domain/tags.ts';
import { ownerIn } from '../../src/provision/aws/estate/owners.ts';
import { type EnvironmentEstate, type EstateThing, ownerKey } from '../../src/reconcile/orphans/estate.ts';
import { reap } from '../../src/reconcile/orphans/reap.ts';
import { releaseCondemned } from '../../src/reconcile/orphans/release-condemned.ts';
import { sweep } from '../../src/reconcile/orphans/sweep.ts';
import type { Provisioner } from '../../src/reconcile/provisioner.ts';
import { createFakeRoster } from '../support/fake-roster.ts';
import { createMemoryMarks } from '../support/memory-marks.ts';
import { createMemoryStore } from '../support/memory-store.ts';
import { createLifeStage } from './life-stage.ts';

type Stage = Awaited<ReturnType<typeof createLifeStage>>;
const GRACE_SECONDS = 7200;
const PREFIXES = { 'acme/shop': 'pr' };
const WEEK_SECONDS = 7 * 86_400;

/** All that is in the account, put together by nothing but its tags. */
function estatesIn({ resources, inAccount }: Stage): EnvironmentEstate[] {
  const estates = new Map<string, { owner: EnvironmentEstate['owner']; things: EstateThing[]; others: string[] }>();
  for (const id of inAccount()) {
    const [kind, name] = [id.slice(0, id.indexOf(' ')) as ResourceKind, id.slice(id.indexOf(' ') + 1)];
    const tags = resources.tagsOf(name);
    const owner = ownerIn(tags, PREFIXES);
    if (owner) {
      const estate = estates.get(ownerKey(owner)) ?? { owner, things: [], others: [] };
      const spec = kind === 'dns-records' ? { zoneId: 'Z2', records: [] } : null;
      estate.things.push({ kind, name, label: name, tags, isWitness: true, spec, recorded: null });
      estates.set(ownerKey(owner), estate);
    }
  }
  return [...estates.values()];
}

async function plant({ resources }: Stage, name: string, tags: Readonly<Record<string, string>>): Promise<void> {
  const provisioner = resources.provisioners['log-group'] as unknown as Provisioner<ResourceKind>;
  await provisioner.ensure({ key: name, name, tags } as never, { state: 'absent' });
}

/** As far as it came in so many passes. */
async function begun(passes: number): Promise<Stage> {
  const stage = await createLifeStage();
  stage.resources.set('clone-cluster', { readyAfterSeconds: 120, goneAfterSeconds: 90 });
  stage.resources.set('service', { readyAfterSeconds: 30, goneAfterSeconds: 60 });
  const mayfly = stage.startMayfly();
  for (let done = 0; done < passes; done += 1) {
    stage.clock.advance((await mayfly.pass()).requeueAfterSeconds ?? 1);
  }
  return stage;
}

async function reapAll({ clock, resources }: Stage, estate: { read(): Promise<EnvironmentEstate[]> }): Promise<void> {
  const end = clock.now().getTime() + 3_600_000;
  await reap({
    estate,
    provisioners: resources.provisioners,
    clock,
    graceSeconds: GRACE_SECONDS,
    dryRun: false,
    remainingSeconds: () => (end - clock.now().getTime()) / 1000,
    pause: async (seconds) => await Promise.resolve(clock.advance(seconds)),
    onUnexpected(where, error) {
      throw new Error(where, { cause: error });
    },
  });
}

describe('An environment that has lost its record is found by its tags and reaped; a record that has lost its pull request too.', () => {
  it('with its record lost half-way, and nothing left of Mayfly, it is removed when its time is over', async () => {
    for (let passes = 1; passes <= 6; passes += 1) {
      const stage = await begun(passes);
      const estate = { read: async () => await Promise.resolve(estatesIn(stage)) };
      const there = stage.inAccount();
      const { identity } = await stage.record();
      const other = {
        ...identity,
        id: 'acme/shop#8',
        name: 'pr-8',
        pullRequest: { ...identity.pullRequest, number: 8 },
      };
      const about = { name: 'x', branch: 'main', commit: 'a'.repeat(40) };
      await plant(stage, 'untagged', {});
      await plant(stage, 'younger', encodeTags({ ...about, environment: other, expiresAt: new Date('2027-01-01') }));
      const ours = encodeTags({ ...about, environment: identity, expiresAt: stage.clock.now() });
      await plant(stage, 'of terraform', { ...ours, ManagedBy: 'terraform' });
      const lookAlikes = ['log-group of terraform', 'log-group untagged', 'log-group younger'];

      await reapAll(stage, estate);
      expect(stage.inAccount()).toEqual([...there, ...lookAlikes].toSorted());
      stage.clock.advance(WEEK_SECONDS + GRACE_SECONDS);
      await reapAll(stage, estate);
      expect(stage.inAccount()).toEqual(lookAlikes);
    }
  });

  it('with its record lost and its pull request closed, the sweep does not wait for its time', async () => {
    const stage = await begun(6);
    stage.forge.facts = stage.forge.facts && { ...stage.forge.facts, open: false };
    const marks = createMemoryMarks();
    for (let looks = 0; looks < 12; looks += 1) {
      const store = createMemoryStore();
      const ports = {
        estate: { read: async () => await Promise.resolve(estatesIn(stage)) },
        store,
        marks,
        forge: stage.forge,
        roster: createFakeRoster(),
        installationOf: async () => await Promise.resolve(1),
        provisioners: stage.resources.provisioners,
        clock: stage.clock,
        onUnexpected(where: string, error: unknown) {
          throw new Error(where, { cause: error });
        },
      };
      const settings = { environmentPrefixes: PREFIXES, label: 'ephemeral', graceSeconds: 1800, dryRun: false };
      const { signal } = new AbortController();
      await sweep(ports, { settings, signal });
      for (const id of store.takeEnqueued()) {
        await releaseCondemned(id, { ports, settings, signal });
      }
      stage.clock.advance(1800);
    }

    expect(stage.inAccount()).toEqual([]);
  });

  it('every environment is told by its own tags, and by nobody else’s', () => {
    const pullRequests = fc.record({
      repository: fc.constantFrom('acme/shop', 'acme/bank', 'Beta/web.site'),
      number: fc.integer({ min: 1, max: 2 ** 31 }),
    });
    fc.assert(
      fc.property(pullRequests, fc.string(), fc.date({ noInvalidDate: true }), (pullRequest, branch, expiresAt) => {
        const name = environmentName({ pullRequest, prefixes: {} });
        const environment: EnvironmentIdentity = { id: `${pullRequest.repository}#1`, name, pullRequest };
        const tags = encodeTags({ environment, name: 'x', branch, commit: 'a'.repeat(40), expiresAt });
        expect(ownerIn(tags, {})).toEqual({ name, pullRequest });
        expect(ownerIn({ ...tags, ManagedBy: 'terraform' }, {})).toBeUndefined();
      }),
    );
  });

  it.each([
    ['is not there any more', () => undefined],
    ['was closed, and no webhook came', (facts: NonNullable<Stage['forge']['facts']>) => ({ ...facts, open: false })],
    [
      'went to a repository of another name',
      (facts: NonNullable<Stage['forge']['facts']>) => ({ ...facts, repository: 'acme/store' }),
    ],
  ])('a record whose pull request %s comes to its end', async (_what, change) => {
    for (const passes of [0, 2, 6]) {
      const stage = await begun(passes);
      stage.forge.facts = stage.forge.facts && change(stage.forge.facts);
      stage.clock.advance(601);
      await stage.startMayfly().settle();

      expect(stage.inAccount()).toEqual([]);
      expect((await stage.record()).goneAt).not.toBeNull();
    }
  });

  it('a record whose pull request lost its label, and no webhook came, comes to its end', async () => {
    const stage = await begun(6);
    stage.forge.facts = stage.forge.facts && { ...stage.forge.facts, labels: [] };
    stage.forge.history = { asked: null, takenOff: { by: { login: 'ann', isBot: false }, at: stage.clock.now() } };
    const mayfly = stage.startMayfly();
    for (let looks = 0; looks < 3; looks += 1) {
      stage.clock.advance(601);
      await mayfly.settle();
    }

    expect(stage.inAccount()).toEqual([]);
  });
});
