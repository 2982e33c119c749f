import { beforeEach, describe, expect, it } from '@jest/globals';
import { createSteppedClock } from '../../../sim/clock.ts';
import type { EnvironmentIdentity } from '../../../src/domain/environment.ts';
import { TransientError } from '../../../src/domain/failure.ts';
import type { ResourceKind } from '../../../src/domain/resource.ts';
import { encodeTags } from '../../../src/domain/tags.ts';
import type { EnvironmentEstate, EstateThing } from '../../../src/reconcile/orphans/estate.ts';
import { type ReleasedCondemned, releaseCondemned } from '../../../src/reconcile/orphans/release-condemned.ts';
import { sweep } from '../../../src/reconcile/orphans/sweep.ts';
import type { Provisioner } from '../../../src/reconcile/provisioner.ts';
import type { EnvironmentRecord } from '../../../src/reconcile/store.ts';
import { delivery } from '../../support/deliveries.ts';
import { environmentRecord, resourceRecord } from '../../support/environment-record.ts';
import { createFakeForge } from '../../support/fake-forge.ts';
import { createFakeResources } from '../../support/fake-resources.ts';
import { createFakeRoster } from '../../support/fake-roster.ts';
import { createMemoryMarks } from '../../support/memory-marks.ts';
import { createMemoryStore } from '../../support/memory-store.ts';

const HALF_HOUR = 1800;
const { identity } = environmentRecord(7);

let clock: ReturnType<typeof createSteppedClock>;
let store: ReturnType<typeof createMemoryStore>;
let forge: ReturnType<typeof createFakeForge>;
let resources: ReturnType<typeof createFakeResources>;
let marks: ReturnType<typeof createMemoryMarks>;
/** What is in the account beside what the fake resources know. Null tags are a name's, which has none. */
let account: EstateThing[];
/** What happens as something is about to be deleted. */
let onRelease: ((key: string) => void) | undefined;
let protect: string | undefined;
let expiresAt: Date;
let installation: number | undefined;
let errors: string[];
/** What the turns did about what the sweep gave over to them. */
let turns: (ReleasedCondemned | undefined)[];

beforeEach(() => {
  clock = createSteppedClock();
  store = createMemoryStore();
  forge = createFakeForge();
  onRelease = undefined;
  resources = createFakeResources(clock, { onRelease: (key) => onRelease?.(key) });
  marks = createMemoryMarks();
  account = [];
  protect = undefined;
  expiresAt = new Date('2099-01-01T00:00:00Z');
  installation = 1;
  errors = [];
  turns = [];
});

/** Puts a thing of the pull request's environment into the account. */
async function put(kind: ResourceKind, name: string, changes: Partial<EstateThing> = {}): Promise<void> {
  const provisioner = resources.provisioners[kind] as unknown as Provisioner<ResourceKind>;
  await provisioner.ensure({ key: name, name, tags: {} } as never, { state: 'absent' } as never);
  account.push({ kind, name, label: name, tags: {}, isWitness: true, spec: null, recorded: null, ...changes });
}

async function read(): Promise<EnvironmentEstate[]> {
  const there = new Set(resources.existing());
  const things = account
    .filter(({ kind, name }) => there.has(`${kind} ${name}`))
    .map((thing) =>
      thing.tags === null
        ? thing
        : { ...thing, tags: { ...tagsOf(identity, thing.label, expiresAt), ...(protect && { Protect: protect }) } },
    );
  return await Promise.resolve(things.length === 0 ? [] : [{ owner: identity, things, others: [] }]);
}

function tagsOf(environment: EnvironmentIdentity, name: string, until: Date): Record<string, string> {
  return encodeTags({ environment, name, branch: 'x', commit: 'y', expiresAt: until });
}

interface Changes {
  readonly dryRun?: boolean;
  readonly graceSeconds?: number;
  readonly environmentPrefixes?: Record<string, string>;
}

function sweeping(changes: Changes) {
  const ports = {
    estate: { read },
    store,
    marks,
    forge,
    roster: createFakeRoster(),
    installationOf: async () => await Promise.resolve(installation),
    provisioners: resources.provisioners,
    clock,
    onUnexpected: (where: string) => void errors.push(where),
  };
  const environmentPrefixes = { 'acme/shop': 'pr' };
  const settings = { environmentPrefixes, label: 'ephemeral', graceSeconds: HALF_HOUR, dryRun: false, ...changes };
  return { ports, settings };
}

async function report(changes: Changes = {}) {
  const { ports, settings } = sweeping(changes);
  return await sweep(ports, { settings, signal: new AbortController().signal });
}

/** A look alone. */
async function onlyLook(changes: Changes = {}) {
  return (await report(changes)).environments;
}

/** The turns of all environments that are to be looked at. */
async function takeTurns(changes: Changes = {}, { signal } = new AbortController()): Promise<void> {
  const { ports, settings } = sweeping(changes);
  for (const id of store.takeEnqueued()) {
    turns.push(await releaseCondemned(id, { ports, settings, signal }));
  }
}

async function look(changes: Changes = {}) {
  const environments = await onlyLook(changes);
  await takeTurns(changes);
  return environments;
}

async function lookTwice(changes: Changes = {}) {
  await look(changes);
  clock.advance(HALF_HOUR);
  return await look(changes);
}

async function remember(record: EnvironmentRecord): Promise<void> {
  await store.transaction(async (transaction) => await transaction.saveEnvironment(record));
}

const closed = () => {
  forge.facts = forge.facts && { ...forge.facts, open: false };
};

describe('a sweep', () => {
  it('marks what no record knows, looks again, and deletes it', async () => {
    closed();
    await put('log-group', '/mayfly/pr-7/api');
    expect(await look()).toMatchObject([{ outcome: 'marked', reasons: ['no-record'], isNews: false }]);
    clock.advance(HALF_HOUR - 1);
    expect(await look()).toMatchObject([{ outcome: 'marked' }]);
    expect(resources.existing()).toHaveLength(1);

    clock.advance(1);
    expect(await look()).toMatchObject([{ outcome: 'deleting', things: ['/mayfly/pr-7/api'], isNews: true }]);
    expect(resources.existing()).toEqual([]);
    expect(await store.events(identity.id)).toMatchObject([
      { action: 'leak-found', details: { reasons: 'no-record' } },
    ]);
    expect(await look()).toEqual([]);
  });

  it('deletes nothing at a first look, even without a grace', async () => {
    closed();
    await put('log-group', 'a');
    expect(await look({ graceSeconds: 0 })).toMatchObject([{ outcome: 'marked' }]);
    expect(await look({ graceSeconds: 0 })).toMatchObject([{ outcome: 'deleting' }]);
  });

  it('leaves an environment whose pull request is open and labelled, whose record was lost', async () => {
    await put('log-group', 'a');
    expect(await lookTwice()).toMatchObject([{ outcome: 'left', why: expect.stringContaining('open and labelled') }]);
    expect(resources.existing()).toHaveLength(1);
  });

  it('leaves it while GitHub does not answer', async () => {
    closed();
    await put('log-group', 'a');
    await look();
    clock.advance(HALF_HOUR);
    forge.errors.pullRequest = new TransientError('Unavailable', 'down');
    expect(await look()).toMatchObject([{ outcome: 'left', why: expect.stringContaining('did not say') }]);
    expect(errors).toHaveLength(1);
    expect(resources.existing()).toHaveLength(1);
    expect(await look()).toMatchObject([{ outcome: 'deleting' }]);
  });

  it.each([
    ['was put on since', 'octocat', 1, 'left'],
    ['was on it when it was let go', 'octocat', -1, 'deleting'],
    ['was put on since by somebody who may not', 'mallory', 1, 'deleting'],
  ] as const)('asks by the rules of the rounds about a life that a command ended: the label %s', async (...given) => {
    const [, login, seconds, outcome] = given;
    const goneAt = clock.now();
    await remember(environmentRecord(7, { goneAt, intent: { state: 'absent', releaseReason: 'asked' } }));
    const details = { reason: 'asked' };
    await store.appendEvent({ environmentId: identity.id, at: goneAt, actor: 'ann', action: 'release', details });
    const at = new Date(goneAt.getTime() + seconds * 1000);
    forge.history = { asked: { eventId: 1, by: { login, isBot: false }, at }, takenOff: null };
    await put('log-group', 'a');
    expect(await lookTwice()).toMatchObject([{ outcome, reasons: ['life-over'] }]);
  });

  it('deletes what bears the old name of a repository that was renamed', async () => {
    forge.facts = forge.facts && { ...forge.facts, repository: 'acme/store' };
    await put('log-group', 'a');
    expect(await lookTwice()).toMatchObject([{ outcome: 'deleting', reasons: ['no-record'] }]);
  });

  it('deletes what is there again, or still, after the life of its environment', async () => {
    closed();
    await remember(environmentRecord(7, { goneAt: clock.now(), intent: { state: 'absent', releaseReason: 'closed' } }));
    const row = resourceRecord('log-group/api', { name: 'a', state: 'gone', goneAt: clock.now() });
    await store.saveResource(identity.id, 1, row);
    await put('log-group', 'a');
    expect(await lookTwice()).toMatchObject([{ outcome: 'deleting', reasons: ['life-over'] }]);
    expect(resources.existing()).toEqual([]);
  });

  it('deletes of an environment that lives only the second of what should be one, and never what a row names', async () => {
    await remember(environmentRecord(7));
    await store.saveResource(identity.id, 1, resourceRecord('log-group/api', { name: 'a', state: 'ready' }));
    const rule = { kind: 'listener-rule', name: 'mayfly-pr-7-api', state: 'ready', spec: null } as const;
    await store.saveResource(
      identity.id,
      1,
      resourceRecord('listener-rule/api', { ...rule, outputs: { arn: 'arn:1' } }),
    );
    await put('log-group', 'a');
    await put('listener-rule', 'arn:1', { label: 'mayfly-pr-7-api' });
    await put('listener-rule', 'arn:2', { label: 'mayfly-pr-7-api' });
    expect(await lookTwice()).toMatchObject([{ outcome: 'deleting', reasons: ['not-on-record'] }]);
    expect(resources.existing()).toEqual(['listener-rule arn:1', 'log-group a']);
  });

  it('deletes what a row of an environment that lives has struck off, and is there', async () => {
    await remember(environmentRecord(7));
    const gone = resourceRecord('log-group/api', { name: 'a', state: 'gone', goneAt: clock.now() });
    await store.saveResource(identity.id, 1, gone);
    await put('log-group', 'a');
    expect(await lookTwice()).toMatchObject([{ outcome: 'deleting', reasons: ['not-on-record'] }]);
    expect(resources.existing()).toEqual([]);
  });

  it('leaves a name of the zone alone while its environment lives: no tag says that Mayfly wrote it', async () => {
    const records = [{ name: 'api.pr-7.ephemeral.example', type: 'A', target: { values: [], ttlSeconds: 60 } }];
    const spec = { zoneId: 'Z1', records };
    await remember(environmentRecord(7));
    await store.saveResource(
      identity.id,
      1,
      resourceRecord('dns-records/hosts', { kind: 'dns-records', name: 'mayfly-pr-7-hosts', state: 'ready', spec }),
    );
    await put('dns-records', 'api.pr-7.ephemeral.example', { tags: null, isWitness: false, spec });
    await put('dns-records', 'k1._domainkey.pr-7.ephemeral.example', { tags: null, isWitness: false, spec });
    expect(await lookTwice()).toEqual([]);
    expect(resources.existing()).toHaveLength(2);
  });

  it('leaves an environment of a repository that no installation sees, until its own time is over', async () => {
    installation = undefined;
    expiresAt = new Date(clock.now().getTime() + 2 * HALF_HOUR * 1000);
    await put('log-group', 'a');
    expect(await lookTwice()).toMatchObject([{ outcome: 'left', why: expect.stringContaining('sees its repository') }]);
    expect(resources.existing()).toHaveLength(1);

    clock.advance(2 * HALF_HOUR);
    expect(await look()).toMatchObject([{ outcome: 'deleting' }]);
    expect(resources.existing()).toEqual([]);
  });

  it('takes what was asked for and never heard of for what its row names', async () => {
    await remember(environmentRecord(7));
    const asked = { kind: 'listener-rule', name: 'mayfly-pr-7-api', state: 'asked', spec: null } as const;
    await store.saveResource(identity.id, 1, resourceRecord('listener-rule/api', asked));
    await put('listener-rule', 'arn:1', { label: 'mayfly-pr-7-api' });
    expect(await lookTwice()).toEqual([]);
  });

  it('stops when a record is made meanwhile', async () => {
    closed();
    await put('log-group', 'a');
    await put('log-group', 'b');
    await look();
    clock.advance(HALF_HOUR);
    const { pullRequest } = forge;
    forge.pullRequest = async (...asked) => {
      await remember(environmentRecord(7));
      return await pullRequest(...asked);
    };
    expect(await look()).toMatchObject([{ outcome: 'deleting' }]);
    expect(turns).toMatchObject([{ failed: [], why: expect.stringContaining('not as the sweep found it') }]);
    expect(resources.existing()).toHaveLength(2);
  });

  it('leaves the whole of an environment of which one thing is protected', async () => {
    closed();
    protect = 'yes';
    await put('log-group', 'a');
    expect(await lookTwice()).toMatchObject([{ outcome: 'protected', why: 'a is tagged Protect', isNews: false }]);
    expect(resources.existing()).toHaveLength(1);
  });

  it('deletes nothing in a dry run, and tells of the leak once', async () => {
    closed();
    await put('log-group', 'a');
    expect(await lookTwice({ dryRun: true })).toMatchObject([{ outcome: 'left', isNews: true }]);
    expect(await look({ dryRun: true })).toMatchObject([{ outcome: 'left', isNews: false }]);
    expect(resources.existing()).toHaveLength(1);
  });

  it('counts what it found and gave over, and what is gone since of what it had given over', async () => {
    closed();
    await put('log-group', 'a');
    await put('log-group', 'b');
    expect(await report()).toMatchObject({ seen: 1, found: 2, condemned: 0, deleted: 0 });
    clock.advance(HALF_HOUR);
    expect(await report()).toMatchObject({ found: 2, condemned: 2, deleted: 0 });
    resources.destroy('a');
    expect(await report()).toMatchObject({ found: 1, condemned: 1, deleted: 1 });
    await takeTurns();
    expect(await report({ dryRun: true })).toMatchObject({ seen: 0, dryRun: true, found: 0, condemned: 0, deleted: 1 });
    expect(await report()).toMatchObject({ deleted: 0 });
  });

  it('has no say over an environment whose name somebody chose: Terraform made it', async () => {
    closed();
    await put('log-group', 'a');
    expect(await lookTwice({ environmentPrefixes: { 'acme/shop': 'vol' } })).toEqual([]);
    expect(resources.existing()).toHaveLength(1);
  });
});

/** A pull request whose life is over, and of which two things are still there, given over to the environment's turn. */
async function condemnAfterLife(
  kinds: readonly [ResourceKind, ResourceKind] = ['log-group', 'target-group'],
): Promise<EnvironmentRecord> {
  closed();
  const over = environmentRecord(7, { goneAt: clock.now(), intent: { state: 'absent', releaseReason: 'closed' } });
  await remember(over);
  await put(kinds[0], 'a');
  await put(kinds[1], 'b');
  await onlyLook();
  clock.advance(HALF_HOUR);
  expect(await onlyLook()).toMatchObject([{ outcome: 'deleting' }]);
  return over;
}

/** The label is put on again: the same things belong to a new life, whose pass has not come to any of them. */
async function begin({ intent, ...over }: EnvironmentRecord): Promise<void> {
  const wanted = { ...intent, state: 'present', releaseReason: null, generation: intent.generation + 1 } as const;
  await remember({ ...over, life: over.life + 1, goneAt: null, intent: wanted });
}

const both = ['log-group a', 'target-group b'];

describe('between the look of a sweep and its deletions', () => {
  it('nothing is deleted before it is the turn of the environment, so beside no pass of it', async () => {
    await condemnAfterLife();
    expect(resources.calls.filter((call) => call.startsWith('release'))).toEqual([]);
    expect(resources.existing()).toEqual(both);

    await takeTurns();
    expect(turns).toMatchObject([{ things: ['a', 'b'], failed: [], why: '' }]);
    expect(resources.existing()).toEqual([]);
  });

  it('a pull request is labelled again, and what its new life needs stays', async () => {
    const over = await condemnAfterLife();
    await begin(over);
    await takeTurns();

    expect(turns).toMatchObject([{ why: expect.stringContaining('not as the sweep found it') }]);
    expect(resources.existing()).toEqual(both);
  });

  it('a pull request is labelled again after the first deletion, and what was not deleted yet stays', async () => {
    resources.set('clone-instance', { goneAfterSeconds: 60 });
    const over = await condemnAfterLife(['clone-instance', 'clone-cluster']);
    onRelease = (key) => {
      if (key === 'clone-instance/a') {
        void begin(over);
      }
    };
    await takeTurns();

    expect(resources.calls).not.toContain('release clone-cluster/b');
    expect(turns).toMatchObject([{ why: expect.stringContaining('not as the sweep found it') }]);
  });

  it('a pull request is reopened, of which nothing was heard yet, and everything stays', async () => {
    await condemnAfterLife();
    forge.facts = forge.facts && { ...forge.facts, open: true };
    await takeTurns();

    expect(turns).toMatchObject([{ why: expect.stringContaining('open and labelled') }]);
    expect(resources.existing()).toEqual(both);
  });

  it('a label is heard of that nobody has looked into yet, and everything stays', async () => {
    await condemnAfterLife();
    await store.transaction(async (transaction) => {
      await transaction.receive(delivery('a delivery'), { at: clock.now() });
    });
    await takeTurns();

    expect(turns).toMatchObject([{ why: expect.stringContaining('not as the sweep found it') }]);
    expect(resources.existing()).toEqual(both);
  });

  it('a commit is pushed that may need what no row names yet, and it stays', async () => {
    await remember(environmentRecord(7));
    await put('log-group', 'a');
    await onlyLook();
    clock.advance(HALF_HOUR);
    expect(await onlyLook()).toMatchObject([{ outcome: 'deleting', reasons: ['not-on-record'] }]);
    await remember(environmentRecord(7, { intent: { generation: 2, headSha: 'b'.repeat(40) } }));
    await takeTurns();

    expect(turns).toMatchObject([{ why: expect.stringContaining('not as the sweep found it') }]);
    expect(resources.existing()).toEqual(['log-group a']);
  });

  it('the next look finds it protected, and nothing of the look before counts', async () => {
    await condemnAfterLife();
    protect = 'yes';
    await onlyLook();
    await takeTurns();

    expect(turns).toEqual([undefined]);
    expect(resources.existing()).toEqual(both);
  });

  it('nothing is deleted by a process that no longer holds the environment', async () => {
    await condemnAfterLife();
    await takeTurns({}, { signal: AbortSignal.abort() } as AbortController);

    expect(resources.existing()).toEqual(both);
  });
});
