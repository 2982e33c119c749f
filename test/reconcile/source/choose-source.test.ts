import { describe, expect, it } from '@jest/globals';
import { createPlanner } from '../../../src/reconcile/plan/create-planner.ts';
import { createSourceChoice } from '../../../src/reconcile/source/choose-source.ts';
import { environmentRecord, resourceRecord } from '../../support/environment-record.ts';
import { goodPassport, passportKeys } from '../../support/passports.ts';
import { testPlatform } from '../../support/platform.ts';
import { createSourceWorld, snapshot } from '../../support/source-world.ts';

const DATABASE = { sourceIdentifier: 'source', subnetGroup: 'database', securityGroupIds: ['sg-2'] };
const NAMED = { identifier: 'source', version: 'source', passport: null };

function clone(sourceIdentifier: string) {
  return resourceRecord('clone-cluster', { kind: 'clone-cluster', state: 'ready', spec: { sourceIdentifier } });
}

/** Two sources, the second of them in service, on a platform with their key. */
async function setUp(overrides: Readonly<Record<string, unknown>> = {}) {
  const world = createSourceWorld();
  for (const day of ['2026-11-20', '2026-11-21']) {
    world.snapshots = [snapshot(day)];
    await world.store.ask({ kind: 'refresh', askedBy: 'octocat', askedAt: world.now() });
    await world.settle();
    world.pass(60);
  }
  const [second, first] = await world.store.versions();
  const database = { ...DATABASE, passportPublicKey: world.settings.publicKey, ...overrides };
  const platform = testPlatform({ database });
  const choice = createSourceChoice({ sources: world.store, platform });
  return { world, choice, platform, first: first?.id ?? '', second: second?.id ?? '' };
}

describe('the source of an environment', () => {
  it('is the one that the platform names where no passports are asked for', async () => {
    const { choice } = await setUp({ passportPublicKey: undefined });
    expect(await choice.choose([])).toEqual({ planned: NAMED, problem: undefined });
  });

  it('is the one in service, with its day and its proof', async () => {
    const { choice, second } = await setUp();
    const planned = { identifier: second, version: '2026-11-21', passport: true };
    expect(await choice.choose([])).toEqual({ planned, problem: undefined });
  });

  it('stays the one that the clone was asked of, whatever is put in service', async () => {
    const { choice, first } = await setUp();
    expect((await choice.choose([clone(first)])).planned).toEqual({
      identifier: first,
      version: '2026-11-20',
      passport: true,
    });
    expect(await choice.choose([clone('source')])).toEqual({ planned: NAMED, problem: undefined });
  });

  it('is chosen anew for a fresh clone, whatever the one before is of', async () => {
    const { choice, first, second } = await setUp();
    const rows = [clone(first)];
    expect((await choice.choose(rows, 'clone-cluster/2')).planned.identifier).toBe(second);
    const both = [...rows, { ...clone(first), key: 'clone-cluster/2' }];
    expect((await choice.choose(both, 'clone-cluster/2')).planned.identifier).toBe(first);
  });

  it('is chosen anew once the clone is gone', async () => {
    const { choice, first, second } = await setUp();
    const gone = { ...clone(first), state: 'gone' as const };
    expect((await choice.choose([gone])).planned.identifier).toBe(second);
  });

  it('is refused where its passport is not signed with the key of the platform, and says who has to act', async () => {
    const { choice, second, first } = await setUp({ passportPublicKey: passportKeys().publicKey });
    const { problem } = await choice.choose([]);
    expect(problem).toMatchObject({
      reason: 'SourceUnproven',
      actor: 'operator',
      message: expect.stringContaining(`The source ${second} has a passport that is not signed`),
    });
    expect((await choice.choose([clone(first)])).problem).toBeUndefined();
  });

  it('is refused where Mayfly made none, and so nothing proves it', async () => {
    const { platform } = await setUp();
    const choice = createSourceChoice({ sources: createSourceWorld().store, platform });
    expect((await choice.choose([])).problem?.message).toContain('The source source has no passport');
  });
});

describe('a plan', () => {
  it('clones the chosen source and counts against its clones', async () => {
    const { platform } = await setUp();
    const planner = createPlanner({ platform, blueprintPath: 'ephemeral.yml' });
    const services = { web: { image: 'web', port: 8080, host: 'web', listeners: [80] } };
    const blueprint = JSON.stringify({ version: 1, database: {}, services });
    const record = environmentRecord(7);
    const resolution = { headSha: record.intent.headSha, readAt: '', blueprint, changedPaths: [], baseCommits: {} };
    const planning = planner.plan(record, resolution, {
      source: { identifier: 'chosen', version: '2026-11-21', passport: true },
    });

    expect(planning).toMatchObject({ ok: true, plan: { database: { source: '2026-11-21', passport: true } } });
    const { nodes, needs } = planning.ok ? planning.plan : { nodes: [], needs: [] };
    const cluster = nodes.find(({ kind }) => kind === 'clone-cluster');
    expect(cluster?.spec({ outputs: () => ({}) })).toMatchObject({ sourceIdentifier: 'chosen' });
    expect(needs).toContainEqual(expect.objectContaining({ kind: 'clones', of: 'chosen' }));
  });
});

describe('a passport', () => {
  it('of another source is none', async () => {
    const { world, platform } = await setUp();
    const version = await world.store.inService();
    const passport = world.sign(goodPassport('other'));
    const choice = createSourceChoice({
      platform,
      sources: { inService: async () => version && { ...version, passport }, version: world.store.version },
    });
    expect((await choice.choose([])).problem?.message).toContain('has the passport of another source');
  });
});
