import { beforeEach, describe, expect, it } from '@jest/globals';
import { createEnvironment, planEnvironment } from '../../../tools/environment/create.ts';
import { destroyEnvironment } from '../../../tools/environment/destroy.ts';
import { listEnvironments } from '../../../tools/environment/list.ts';
import { type EnvironmentOptions, parseOptions } from '../../../tools/environment/options.ts';
import type { Parts } from '../../../tools/environment/parts.ts';
import { Refusal, TerraformFailed } from '../../../tools/environment/refusal.ts';
import { createWorkspaces } from '../../../tools/environment/workspaces.ts';
import { testPlatform } from '../../support/platform.ts';
import { createFakeTerraform, type FakeTerraform } from './fake-terraform.ts';

const COMMIT = '0123456789abcdef0123456789abcdef01234567';
const WANTED = ['aws_rds_cluster.clone', 'aws_ecs_service.web', 'aws_route53_record.web'];
const OF = ['--branch', 'feat/pay#2', '--commit', COMMIT, '--repository', 'example/shop', '--var-file', 'shop.tfvars'];

function options(...args: string[]): EnvironmentOptions {
  return parseOptions([...args, '--state-dir', '/nowhere'], { AWS_REGION: 'eu-west-1' });
}

let fake: FakeTerraform;
let parts: Parts;
let now: Date;
let lateWriters: string[][];
let clones: number;
const platform = testPlatform({
  environmentPrefixes: { 'example/shop': 'shop' },
  limits: { environments: 2, ttlSeconds: 7 * 86_400, maxTtlSeconds: 28 * 86_400 },
});

beforeEach(() => {
  now = new Date('2026-11-25T21:00:00Z');
  lateWriters = [];
  clones = 0;
  fake = createFakeTerraform(WANTED);
  parts = {
    terraform: fake.terraform,
    workspaces: createWorkspaces(fake.terraform),
    copy: { backendArgs: [], setVariables: fake.setVariables },
    preflight: {
      platform: async () => platform,
      checkZone: async () => {},
      checkCloneBudget: async () => {
        if (clones >= 15) {
          throw new Refusal('The source has 15 clones.');
        }
      },
    },
    leftovers: { remove: async () => lateWriters.shift() ?? [] },
    initArgs: [],
    now: () => now,
    pause: async (seconds) => {
      now = new Date(now.getTime() + seconds * 1000);
    },
  };
});

const create = async (name: string, ...args: string[]) =>
  await createEnvironment(parts, options('create', name, ...args));
const destroy = async (name: string) => await destroyEnvironment(parts, options('destroy', name));
const listed = async () => (await listEnvironments(parts)).environments;

describe('create', () => {
  it('makes everything that is wanted, in a workspace of its own, for the time the platform says', async () => {
    const made = await create('payments', ...OF);
    expect(made).toMatchObject({ changes: 3, expiresAt: '2026-12-02T21:00:00Z' });
    expect([...(fake.states.get('payments') ?? [])]).toEqual(WANTED);
    expect(await listed()).toMatchObject([{ name: 'payments', branch: 'feat/pay-2', isExpired: false, resources: 3 }]);
  });

  it('does nothing a second time, and its end stays where it was', async () => {
    await create('payments', ...OF);
    now = new Date('2026-11-27T00:00:00Z');
    expect(await create('payments', ...OF)).toMatchObject({ changes: 0, expiresAt: '2026-12-02T21:00:00Z' });
  });

  it('leaves what runs as it is when nobody says what runs', async () => {
    await create('payments', ...OF);
    const services = { web: { image: 'x:1', environment: { DB: '${db.endpoint}' } } };
    fake.setConfiguration('payments', { services });
    await create('payments', '--ttl', '8d');
    expect(fake.variables()).toMatchObject({ services, expires_at: '2026-12-03T21:00:00Z' });
  });

  it('goes on where it was broken off', async () => {
    fake.breakAfter(1);
    await expect(create('payments', ...OF)).rejects.toThrow('ended with 1');
    expect(await listed()).toMatchObject([{ name: 'payments', expiresAt: null, resources: 1 }]);

    await create('payments', ...OF);
    expect(fake.states.get('payments')?.size).toBe(3);
  });

  it('remembers what it is of although there was nothing left to make', async () => {
    await create('payments', ...OF);
    fake.forget('payments');
    await create('payments', ...OF);
    expect(await listed()).toMatchObject([{ branch: 'feat/pay-2', expiresAt: '2026-12-02T21:00:00Z' }]);
  });

  it('moves its end only when told to, and never past what the platform allows from its making', async () => {
    await create('payments', ...OF);
    now = new Date('2026-12-01T21:00:00Z');
    expect(await create('payments', '--ttl', '22d')).toMatchObject({ expiresAt: '2026-12-23T21:00:00Z', changes: 3 });
    expect(await listed()).toMatchObject([{ expiresAt: '2026-12-23T21:00:00Z' }]);
    await expect(create('payments', '--ttl', '23d')).rejects.toThrow('lets an environment live for 28 days');
  });

  it('does not bring an expired one back without being given time', async () => {
    await create('payments', ...OF);
    now = new Date('2026-12-02T21:00:00Z');
    await expect(create('payments')).rejects.toThrow('expired at 2026-12-02T21:00:00Z');
    expect(await listed()).toMatchObject([{ isExpired: true }]);
  });

  it.each([
    ['int', [], 'is reserved: it is the name of a standing environment'],
    ['Payments', [], 'is not a legal name'],
    ['pr-7-3f9c', [], "is what a pull request's environment is called"],
    ['shop-7', [], 'is what an environment of a pull request of example/shop is called'],
    ['payments', ['--ttl', '29d'], 'lets an environment live for 28 days'],
    ['payments', ['--commit', 'HEAD'], 'is not a full commit id'],
    ['payments', ['--repository', 'shop'], 'is not a repository as owner/name'],
  ])('refuses %s %j in one sentence, and makes nothing', async (name, args, sentence) => {
    const refused = create(name, ...OF, ...args);
    await expect(refused).rejects.toThrow(Refusal);
    await expect(refused).rejects.toThrow(sentence);
    expect(fake.states.size).toBe(0);
  });

  it('refuses a new one that does not say of what it is', async () => {
    await expect(create('payments', '--var-file', 'shop.tfvars')).rejects.toThrow('--branch is missing');
    await expect(create('payments', ...OF.slice(0, -2))).rejects.toThrow('--var-file is missing');
    expect(fake.states.size).toBe(0);
  });

  it('refuses one more than the platform allows', async () => {
    await create('payments', ...OF);
    await create('refunds', ...OF);
    await expect(create('ledger', ...OF)).rejects.toThrow('There are 2 environments, and the platform allows 2');
    expect([...fake.states.keys()]).toEqual(['payments', 'refunds']);
  });

  it('keeps the day of birth and the end that another run gave it while this one waited for the lock', async () => {
    let isFirst = true;
    const waiting: Parts = {
      ...parts,
      terraform: async (args, given) => {
        if (args[0] === 'plan' && isFirst) {
          isFirst = false;
          now = new Date('2026-11-25T21:05:00Z');
          await create('payments', ...OF);
        }
        return await fake.terraform(args, given);
      },
    };
    const late = await createEnvironment(waiting, options('create', 'payments', ...OF));
    expect(late).toMatchObject({ changes: 0, expiresAt: '2026-12-02T21:05:00Z' });
    expect(await listed()).toMatchObject([{ expiresAt: '2026-12-02T21:05:00Z' }]);
  });

  it('says that there is no bucket for states, and where one comes from', async () => {
    const told = 'Error: Failed to get existing workspaces: S3 bucket "lost" does not exist.\n';
    const failing = async () => await Promise.reject(new TerraformFailed('terraform init ended with 1.', { told }));
    const refused = createEnvironment({ ...parts, terraform: failing }, options('create', 'payments', ...OF));
    await expect(refused).rejects.toThrow(Refusal);
    await expect(refused).rejects.toThrow('There is no bucket lost to keep states in: apply infra/live/state first');
  });

  it('refuses a variable that there is not, which Terraform only warns of, and changes nothing', async () => {
    await create('payments', ...OF);
    const warning =
      'The root module does not declare a variable named "service" but a value was\nfound in file "shop.tfvars".';
    const terraform = async (...[args, given]: Parameters<typeof fake.terraform>) =>
      (await fake.terraform(args, given)) + (args[0] === 'plan' ? warning : '');
    const before = fake.variables();
    const refused = createEnvironment({ ...parts, terraform }, options('create', 'payments', ...OF, '--ttl', '8d'));
    await expect(refused).rejects.toThrow(Refusal);
    await expect(refused).rejects.toThrow('--var-file gives `service` a value');
    expect(await listed()).toMatchObject([{ expiresAt: before['expires_at'], resources: 3 }]);
  });

  it('leaves no workspace behind when Aurora would make a full copy', async () => {
    clones = 15;
    await expect(create('payments', ...OF)).rejects.toThrow('15 clones');
    expect(fake.states.size).toBe(0);
  });
});

describe('plan', () => {
  it('tells what would be done, and leaves no trace', async () => {
    const plan = await planEnvironment(parts, options('plan', 'payments', ...OF));
    expect(plan.summary).toContain('3 to add.');
    expect(plan.summary).toContain('| create | `aws_rds_cluster.clone` |');
    expect(fake.states.size).toBe(0);
  });

  it('keeps the workspace of an environment that is there', async () => {
    await create('payments', ...OF);
    const plan = await planEnvironment(parts, options('plan', 'payments'));
    expect(plan.summary).toContain('Nothing to do.');
    expect([...fake.states.keys()]).toEqual(['payments']);
  });
});

describe('destroy', () => {
  it('removes the environment and its workspace, and touches no other', async () => {
    await create('payments', ...OF);
    await create('refunds', ...OF);
    expect(await destroy('payments')).toMatchObject({ existed: true, resources: 3 });
    expect([...fake.states.keys()]).toEqual(['refunds']);
    expect(fake.states.get('refunds')?.size).toBe(3);
  });

  it('finds nothing to do a second time, or where there never was one', async () => {
    await create('payments', ...OF);
    await destroy('payments');
    expect(await destroy('payments')).toMatchObject({ existed: false, resources: 0 });
    expect(await destroy('never')).toMatchObject({ existed: false, resources: 0 });
  });

  it('removes a half-made one, of which nothing is remembered', async () => {
    fake.breakAfter(2);
    await expect(create('payments', ...OF)).rejects.toThrow();
    expect(await destroy('payments')).toMatchObject({ existed: true, resources: 2 });
    expect(fake.states.size).toBe(0);
  });

  it('keeps the workspace while anything is in it, and goes on the next time', async () => {
    await create('payments', ...OF);
    fake.breakAfter(1);
    await expect(destroy('payments')).rejects.toThrow('ended with 1');
    expect(fake.states.get('payments')?.size).toBe(2);

    await destroy('payments');
    expect(fake.states.size).toBe(0);
  });

  it('removes an expired one', async () => {
    await create('payments', ...OF);
    now = new Date('2027-01-01T00:00:00Z');
    await destroy('payments');
    expect(fake.states.size).toBe(0);
  });

  it('looks again for what late writers made anew', async () => {
    lateWriters = [['/mayfly/nonprod/payments/web'], ['/aws/ecs/containerinsights/own/performance']];
    const { leftovers } = await destroy('payments');
    expect(leftovers).toEqual(['/aws/ecs/containerinsights/own/performance', '/mayfly/nonprod/payments/web']);
    expect(now).toEqual(new Date('2026-11-25T21:00:20Z'));
  });

  it('does not call a fault a refusal once the environment is gone', async () => {
    await create('payments', ...OF);
    const refuse = async () => await Promise.reject(new Refusal('The role may not list log groups.'));
    const broken = destroyEnvironment({ ...parts, leftovers: { remove: refuse } }, options('destroy', 'payments'));
    await expect(broken).rejects.not.toThrow(Refusal);
    await expect(broken).rejects.toThrow('What Terraform made of payments is gone');
    expect(fake.states.size).toBe(0);
  });

  it.each(['prod', 'shop-7'])('refuses %s, which is not its to remove', async (name) => {
    fake.states.set(name, new Set(['aws_rds_cluster.clone']));
    await expect(destroy(name)).rejects.toThrow('is reserved');
    expect(fake.states.get(name)?.size).toBe(1);
  });
});
