import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import type { SpecOf } from '../../../src/domain/resource.ts';
import type { AnyNode, Known } from '../../../src/reconcile/graph/node.ts';
import { createPlanner } from '../../../src/reconcile/plan/create-planner.ts';
import type { Plan } from '../../../src/reconcile/plan/plan.ts';
import type { EnvironmentRecord, Resolution } from '../../../src/reconcile/store.ts';
import { environmentRecord } from '../../support/environment-record.ts';
import { testPlatform } from '../../support/platform.ts';

const vol = await readFile(new URL('../../../examples/dvsa-vol/ephemeral.yml', import.meta.url), 'utf8');
const BLUEPRINT_PATH = '.github/ephemeral.yml';

interface Planned {
  readonly platform?: object;
  readonly baseCommits?: Record<string, string>;
  readonly record?: EnvironmentRecord;
}

function planOf(
  blueprint: string,
  { platform = {}, baseCommits = {}, record = environmentRecord(7) }: Planned = {},
): Plan {
  const planner = createPlanner({ platform: testPlatform({ ...platform }), blueprintPath: BLUEPRINT_PATH });
  const resolution: Resolution = {
    headSha: record.intent.headSha,
    readAt: '2026-11-20T09:00:00.000Z',
    blueprint,
    changedPaths: ['app/api/index.php'],
    baseCommits,
  };
  const planning = planner.plan(record, resolution);
  if (!planning.ok) {
    throw new Error(planning.problems.join('; '));
  }
  return planning.plan;
}

function nodeOf(plan: Plan, key: string): AnyNode {
  const found = plan.nodes.find((node) => node.key === key);
  if (!found) {
    throw new Error(`no ${key} among ${plan.nodes.map((node) => node.key).join(', ')}`);
  }
  return found;
}

/** Everything that has to stand, however far away, before the node begins. */
function before(plan: Plan, key: string): Set<string> {
  const found = new Set<string>();
  const visit = (at: string): void => {
    for (const need of nodeOf(plan, at).needs) {
      if (!found.has(need.key)) {
        found.add(need.key);
        visit(need.key);
      }
    }
  };
  visit(key);
  return found;
}

const nothingKnown: Known = { outputs: () => ({}) };

function specOf<K extends AnyNode['kind']>(plan: Plan, key: string): SpecOf<K> {
  return nodeOf(plan, key).spec(nothingKnown) as SpecOf<K>;
}

const oneService = (service: object, more: object = {}): string =>
  JSON.stringify({
    version: 1,
    database: false,
    services: { web: { image: 'web', port: 8080, host: 'web', ...service } },
    ...more,
  });

describe("the plan of the first users' blueprint", () => {
  const plan = planOf(vol);

  it('has each node after all it needs, and no key twice', () => {
    const keys = plan.nodes.map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
    for (const [index, { needs }] of plan.nodes.entries()) {
      const done = new Set(keys.slice(0, index));
      expect(needs.filter(({ key }) => !done.has(key))).toEqual([]);
    }
  });

  it("has the application's own images wait for the migrated database, and images from elsewhere for neither", () => {
    for (const service of ['api', 'selfserve', 'internal']) {
      expect(before(plan, `service/${service}`)).toContain('one-off-task/migrate');
    }
    for (const service of ['redis', 'pdf-converter']) {
      const needed = before(plan, `service/${service}`);
      expect(needed).not.toContain('one-off-task/migrate');
      expect(needed).not.toContain('clone-cluster');
    }
    expect(before(plan, 'one-off-task/migrate')).toContain('clone-instance');
  });

  it('has a task definition wait for the endpoint of the clone, not for its instance', () => {
    expect(nodeOf(plan, 'task-definition/migrate').needs).toContainEqual({ key: 'clone-cluster', output: 'endpoint' });
    expect(before(plan, 'task-definition/migrate')).not.toContain('clone-instance');
    expect(before(plan, 'dns-records/aliases')).not.toContain('clone-cluster');
  });

  it('waits for what a service depends on, name and all', () => {
    expect(before(plan, 'service/api')).toContain('rollout/redis');
    expect(before(plan, 'service/api')).toContain('dns-records/internal-redis');
  });

  it('waits for everything but tags before it is called ready by its smoke checks', () => {
    const smoke = before(plan, 'smoke');
    for (const key of [
      'one-off-task/cache-clear',
      'target-health/api',
      expect.stringMatching(/^listener-certificate\/443-[0-9a-f]{8}$/),
      'dns-records/hosts',
    ]) {
      expect(smoke).toContainEqual(key);
    }
    expect(plan.nodes.map(({ key }) => key)).not.toContain('task-definition/process-queue-general');
  });

  it('runs what comes before the services once for its content, and what follows them once for each commit', () => {
    const runKeys = (record: EnvironmentRecord) =>
      ['migrate', 'cache-clear'].map(
        (task) => specOf<'one-off-task'>(planOf(vol, { record }), `one-off-task/${task}`).runKey,
      );
    const [migrate, cacheClear] = runKeys(environmentRecord(7));

    const [pushedMigrate, pushedClear] = runKeys(environmentRecord(7, { intent: { headSha: 'b'.repeat(40) } }));
    expect(pushedMigrate).toBe(migrate);
    expect(pushedClear).not.toBe(cacheClear);
    for (const again of [environmentRecord(7, { intent: { redeploys: 1 } }), environmentRecord(7, { life: 2 })]) {
      expect(runKeys(again)).not.toContain(migrate);
      expect(runKeys(again)).not.toContain(cacheClear);
    }
  });

  it('has another clone beside the present one for each reset, which all that uses a database moves to', () => {
    const fresh = planOf(vol, { record: environmentRecord(7, { intent: { databaseResets: 1 } }) });
    const clones = (of: Plan) =>
      of.nodes.filter(({ kind }) => kind === 'clone-cluster').map(({ key, name }) => [key, name]);
    expect(clones(plan)).toEqual([['clone-cluster', 'nonprod-pr-7']]);
    expect(clones(fresh)).toEqual([['clone-cluster/2', expect.stringMatching(/^nonprod-pr-7-2-[0-9a-f]{8}$/)]]);

    const [before2, before1] = [before(fresh, 'service/redis'), before(plan, 'service/redis')];
    expect([before2.has('clone-instance/2'), before1.has('clone-instance')]).toEqual([true, false]);
    expect(specOf<'service'>(fresh, 'service/api').redeploys).toBe(1);
    for (const task of ['migrate', 'cache-clear']) {
      const runKey = (of: Plan) => specOf<'one-off-task'>(of, `one-off-task/${task}`).runKey;
      expect(runKey(fresh)).not.toBe(runKey(plan));
    }
  });

  it('leads names and secrets to a fresh clone once it answers, as what runs still reads them', () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a blueprint's own reference
    const blueprint = oneService({}, { database: {}, aliases: { db: '${db.endpoint}' } });
    const fresh = planOf(blueprint, { record: environmentRecord(7, { intent: { databaseResets: 1 } }) });

    expect(before(planOf(blueprint), 'dns-records/database')).not.toContain('clone-instance');
    expect(before(fresh, 'dns-records/database')).toContain('clone-instance/2');
    expect(before(fresh, 'dns-records/database')).toContain('database-credentials/2');
  });

  it('gives every log the retention and the key of the platform', () => {
    const kmsKeyArn = 'arn:aws:kms:eu-west-1:123456789012:key/logs';
    const encrypted = planOf(vol, { platform: { logs: { retentionDays: 14, kmsKeyArn } } });
    const logs = encrypted.nodes.filter(({ kind }) => kind === 'log-group').map(({ key }) => key);
    expect(logs.length).toBeGreaterThan(5);
    for (const key of logs) {
      expect(specOf<'log-group'>(encrypted, key)).toEqual({ retentionDays: 14, kmsKeyId: kmsKeyArn });
    }
    expect(specOf<'log-group'>(plan, 'log-group/api').kmsKeyId).toBeNull();
  });

  it('waits for images as long as the blueprint says, from when the commit was read', () => {
    expect(specOf<'image'>(plan, 'image/api').deadlineAt).toBe('2026-11-20T09:25:00.000Z');
  });

  it('keeps the tags true of whatever outlives a commit and can be tagged at once', () => {
    const { needs } = nodeOf(plan, 'resource-tags');
    const kinds = new Set(needs.map(({ key }) => nodeOf(plan, key).kind));
    expect([...kinds].toSorted()).toEqual([
      'certificate',
      'clone-cluster',
      'clone-instance',
      'database-credentials',
      'listener-rule',
      'log-group',
      'secret',
      'service',
      'target-group',
    ]);
  });

  it('asks whether targets are healthy once ECS has rolled them out, and for addresses only where a record needs them', () => {
    expect(nodeOf(plan, 'target-health/api').needs).toContainEqual({ key: 'rollout/api' });
    expect(specOf<'rollout'>(plan, 'rollout/redis').addressed).toBe(true);
    expect(specOf<'rollout'>(plan, 'rollout/api').addressed).toBe(false);
  });

  it('falls back to the base branch for what the pull request does not touch', () => {
    const touching = planOf(vol, { baseCommits: { selfserve: '0d49b7586a0d49b7586a0d49b7586a0d49b7586a' } });
    const candidates = (workload: string) =>
      specOf<'image'>(touching, `image/${workload}`).candidates.map(({ tag, origin }) => `${tag} ${origin}`);
    expect(candidates('api')).toEqual(['branch-feature-basket-ec021a6b1f head']);
    expect(candidates('cache-clear')).toEqual(['branch-feature-basket-ec021a6b1f head']);
    expect(candidates('selfserve')).toEqual(['0d49b7586a base', '0d49b75 base']);
    // Nobody knows which commit of the base branch it would be: the head's own is waited for.
    expect(candidates('internal')).toEqual(['branch-feature-basket-ec021a6b1f head']);
  });

  it('tells of hosts elsewhere that it shares, and of nothing of its own', () => {
    expect(plan.shared).toContain(
      'searchv6.pr-7.ephemeral.example.gov.uk is searchv6.dev.example.gov.uk, which other environments use as well.',
    );
    expect(plan.shared).toHaveLength(5);
    expect(plan.shared.join()).not.toMatch(/cache|olcsdb/);
  });
});

describe('certificates', () => {
  const hosts = { hostTemplate: '{service}-{env}.{zone}' };

  it('asks for one when the wildcard of the listener is one label too short', () => {
    expect(planOf(oneService({})).nodes.map(({ kind }) => kind)).toContain('certificate');
  });

  it('asks for none when the listener covers every host, or the service speaks plain HTTP', () => {
    for (const plan of [planOf(oneService({}), { platform: hosts }), planOf(oneService({ listeners: [80] }))]) {
      expect(plan.nodes.filter(({ kind }) => kind.includes('certificate'))).toEqual([]);
    }
  });
});

describe('what people see of a service', () => {
  const DOOR = ['dns-records/hosts', 'listener-certificate'];
  const doorOf = (name: string) => {
    const { keys = [] } = planOf(vol).services.find((service) => service.name === name) ?? {};
    return [...new Set(keys.map((key) => (key.startsWith('listener-certificate/') ? 'listener-certificate' : key)))]
      .filter((key) => DOOR.includes(key))
      .toSorted();
  };

  it('is not ready before its host leads to the load balancer and has a certificate there', () => {
    expect(doorOf('selfserve')).toEqual(DOOR);
  });

  it('does not wait for hosts that are not its own', () => {
    expect(doorOf('redis')).toEqual([]);
  });
});

describe('the token that a certificate is asked for with', () => {
  const tokenOf = (createdAt: Date): string => {
    const plan = planOf(oneService({}), { record: environmentRecord(7, { createdAt }) });
    const { key } = plan.nodes.find(({ kind }) => kind === 'certificate') ?? { key: '' };
    return specOf<'certificate'>(plan, key).idempotencyToken;
  };

  it('is the same throughout a life, and another in a life that began later, though lives be counted from one again', () => {
    const began = new Date('2026-11-20T09:00:00Z');
    expect(tokenOf(began)).toBe(tokenOf(began));
    expect(tokenOf(new Date('2026-11-20T09:30:00Z'))).not.toBe(tokenOf(began));
  });
});

describe('listener rules', () => {
  it('stand before the service whose target group they make part of the load balancer', () => {
    expect(before(planOf(oneService({})), 'service/web')).toContain('listener-rule/web-443');
  });

  it('hold hosts and networks of a service in one rule for each of its listeners', () => {
    const plan = planOf(
      oneService({ host: undefined, hosts: ['a', 'b', 'c'], sourceCidrs: ['10.0.0.0/8'], listeners: [80, 443] }),
    );
    const rules = plan.nodes
      .filter(({ kind }) => kind === 'listener-rule')
      .map(({ key }) => specOf<'listener-rule'>(plan, key));
    expect(rules.map(({ hosts, sourceCidrs }) => [hosts.length, sourceCidrs])).toEqual([
      [3, ['10.0.0.0/8']],
      [3, ['10.0.0.0/8']],
    ]);
    expect(new Set(rules.map(({ listenerArn }) => listenerArn)).size).toBe(2);
    expect(plan.services[0]?.urls).toEqual([]);
  });
});

describe('a platform where people sign in', () => {
  const cognito = {
    userPoolArn: 'arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_AbC',
    userPoolClientId: '1example23456789',
    userPoolDomain: 'people',
  };
  const { loadBalancer } = testPlatform();
  const platform = { loadBalancer: { ...loadBalancer, authentication: { cognito, trustedCidrs: ['10.20.0.0/16'] } } };

  it('has them sign in before a rule leads to a service', () => {
    const plan = planOf(oneService({}), { platform });
    expect(specOf<'listener-rule'>(plan, 'listener-rule/web-443').signIn).toEqual(cognito);
  });

  it('expects its smoke checks to be sent to the sign-in page', () => {
    const { checks } = specOf<'smoke'>(planOf(oneService({}), { platform }), 'smoke');
    expect(checks.map(({ signIn }) => signIn)).toEqual(['people.auth.eu-west-1.amazoncognito.com']);
    const own = {
      ...platform.loadBalancer.authentication,
      cognito: { ...cognito, userPoolDomain: 'login.example.org' },
    };
    const plan = planOf(oneService({}), { platform: { loadBalancer: { ...loadBalancer, authentication: own } } });
    expect(specOf<'smoke'>(plan, 'smoke').checks.map(({ signIn }) => signIn)).toEqual(['login.example.org']);
  });

  it('lets machines through whose networks the operator trusts, by HTTP too', () => {
    const plan = planOf(oneService({ sourceCidrs: ['10.20.3.0/24'], listeners: [80, 443] }), { platform });
    expect(specOf<'listener-rule'>(plan, 'listener-rule/web-80').signIn).toBeUndefined();
    expect(specOf<'listener-rule'>(plan, 'listener-rule/web-443').signIn).toBeUndefined();
  });

  it('trusts no network because a blueprint names it', () => {
    const plan = planOf(oneService({ sourceCidrs: ['10.20.3.0/24', '0.0.0.0/0'] }), { platform });
    expect(specOf<'listener-rule'>(plan, 'listener-rule/web-443').signIn).toEqual(cognito);
  });

  it('refuses a service on a port that cannot ask, and says what to do', () => {
    expect(() => planOf(oneService({ listeners: [80, 443] }), { platform })).toThrow(
      '`services.web.listeners`: people have to sign in on this platform, and port 80 cannot ask them to; leave it out, or give `sourceCidrs` within 10.20.0.0/16',
    );
  });
});

describe('hosts of each form', () => {
  const { loadBalancer } = testPlatform();
  const zone = 'ephemeral.example.gov.uk';
  const planned = (hostTemplate: string, names: readonly string[]) => {
    const listeners = loadBalancer.listeners.map((listener) =>
      listener.protocol === 'HTTPS' ? { ...listener, certificateNames: names } : listener,
    );
    return planOf(oneService({ apex: true }), {
      platform: { hostTemplate, loadBalancer: { ...loadBalancer, listeners } },
    });
  };
  const certificates = (plan: Plan) => plan.nodes.filter(({ kind }) => kind === 'certificate').map(({ key }) => key);

  it.each([
    { hostTemplate: '{service}-{env}.{zone}', host: `web-pr-7.${zone}`, names: [`*.${zone}`] },
    { hostTemplate: '{env}.{service}.{zone}', host: `pr-7.web.${zone}`, names: [`*.${zone}`, `*.web.${zone}`] },
  ])('need no certificate of their own under $names: $hostTemplate', ({ hostTemplate, host, names }) => {
    const plan = planned(hostTemplate, names);
    expect(specOf<'listener-rule'>(plan, 'listener-rule/web-443').hosts).toEqual([host, `pr-7.${zone}`]);
    expect(certificates(plan)).toEqual([]);
  });

  it.each([
    { hostTemplate: '{service}.{env}.{zone}', names: [`*.${zone}`], asked: [`pr-7.${zone}`, `*.pr-7.${zone}`] },
    { hostTemplate: '{env}.{service}.{zone}', names: [`*.${zone}`, `*.api.${zone}`], asked: [`pr-7.web.${zone}`] },
  ])('get a certificate where no name on the listener is theirs: $hostTemplate', ({ hostTemplate, names, asked }) => {
    const plan = planned(hostTemplate, names);
    const [key = ''] = certificates(plan);
    const { domainName, alternativeNames } = specOf<'certificate'>(plan, key);
    expect([domainName, ...alternativeNames]).toEqual(asked);
  });
});

describe('a service with more hosts than a rule takes', () => {
  it('has as many rules as it needs, each with the networks', () => {
    const hosts = ['a', 'b', 'c', 'd', 'e', 'f'];
    const plan = planOf(oneService({ host: undefined, hosts, sourceCidrs: ['10.0.0.0/8', '192.168.0.0/16'] }));
    const rules = plan.nodes
      .filter(({ kind }) => kind === 'listener-rule')
      .map(({ key }) => specOf<'listener-rule'>(plan, key));
    expect(rules.map((rule) => rule.hosts.length)).toEqual([3, 3]);
    expect(rules.map((rule) => rule.sourceCidrs.length)).toEqual([2, 2]);
    expect(rules.flatMap((rule) => rule.hosts).map((host) => host.charAt(0))).toEqual(hosts);
  });
});

describe('a service with no tasks', () => {
  const plan = planOf(oneService({ count: 0 }));

  it('is not waited for until it is healthy or answers, and has no link', () => {
    expect(plan.nodes.map(({ key }) => key)).not.toContain('target-health/web');
    expect(plan.nodes.map(({ key }) => key)).not.toContain('smoke');
    expect(plan.services[0]?.urls).toEqual([]);
  });
});

describe('a service with an image of its own tag', () => {
  it('waits for the migrations when it says so', () => {
    const tasks = { migrate: { image: 'migrate', phase: 'pre-deploy' } };
    const plan = planOf(oneService({ image: 'web:1', dependsOn: ['migrate'] }, { tasks }));
    expect(before(plan, 'service/web')).toContain('one-off-task/migrate');
  });
});

describe('tags', () => {
  it("are kept true on what is there already, the blueprint's own among them", () => {
    const { tags } = specOf<'resource-tags'>(planOf(oneService({}, { tags: { Team: 'b' } })), 'resource-tags');
    expect(tags).toMatchObject({ Team: 'b', Environment: 'pr-7' });
    expect(tags).not.toHaveProperty('Name');
  });
});

describe('secrets and parameters', () => {
  it('may be made of what is set alone', () => {
    const plan = planOf(
      oneService(
        { secrets: { KEY: 'own-${env.name}:key::' } },
        {
          secrets: [{ to: 'own-${env.name}', set: { key: '${env.name}' } }],
          parameters: [{ to: '/app/${env.name}/', set: { domain: '${env.domain}' } }],
        },
      ),
    );
    expect(specOf<'secret'>(plan, 'secret/own-pr-7')).toEqual({ copyFrom: null, set: { key: 'pr-7' } });
    expect(specOf<'parameters'>(plan, 'parameters/app/pr-7/')).toEqual({
      copyFrom: null,
      set: { domain: 'pr-7.ephemeral.example.gov.uk' },
    });
    expect(nodeOf(plan, 'task-definition/web').needs).toContainEqual({ key: 'secret/own-pr-7', output: 'arn' });
  });
});

describe("a container's secrets", () => {
  it('may be read from the secret of the clone, whose ARN is known late', () => {
    const plan = planOf(oneService({ secrets: { PASSWORD: '${db.secretArn}:password::' } }, { database: {} }));
    const arn = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:nonprod/pr-7/database-AbCdEf';
    const known = { outputs: () => ({ secretArn: arn }) } as unknown as Known;
    const { content } = nodeOf(plan, 'task-definition/web').spec(known) as SpecOf<'task-definition'>;
    expect(content.containers[0]?.secrets).toEqual({ PASSWORD: `${arn}:password::` });
    expect(before(plan, 'task-definition/web')).toContain('database-credentials');
  });

  it('wait for the parameters they are read from, whoever made the image', () => {
    const plan = planOf(
      oneService(
        { image: 'public.ecr.aws/x/y:1', secrets: { KEY: '/app/${env.name}/key' } },
        { parameters: [{ to: '/app/${env.name}/', set: { key: '1' } }] },
      ),
    );
    expect(before(plan, 'service/web')).toContain('parameters/app/pr-7/');
  });
});

describe('a user of its own in the clone', () => {
  const blueprint = (credentials: 'user' | 'secret' | 'inherit') => {
    const secrets = { PASSWORD: '${db.secretArn}:password::' };
    const asMaster = credentials === 'inherit' ? {} : { MASTER: '${db.masterSecretArn}:password::' };
    return oneService(
      { secrets },
      {
        database: { name: 'shop', credentials, migrations: { tool: 'flyway', path: 'db' } },
        secrets: [{ to: 'app/${env.name}', set: { url: '${db.secretArn}' } }],
        tasks: { migrate: { image: 'web', phase: 'pre-deploy', secrets: { ...secrets, ...asMaster } } },
      },
    );
  };
  const plan = planOf(blueprint('user'));
  const known = {
    outputs: (kind: string) => ({ secretArn: `arn:${kind}`, endpoint: 'db.local' }),
  } as unknown as Known;
  const secretsIn = (of: Plan, key: string) =>
    (nodeOf(of, key).spec(known) as SpecOf<'task-definition'>).content.containers[0]?.secrets;

  it('is made by the master, once the clone was looked into, and before anything is run on it', () => {
    expect(nodeOf(plan, 'database-user')).toMatchObject({
      name: 'nonprod/pr-7/database-user',
      needs: [{ key: 'clone-cluster' }, { key: 'clone-instance' }, { key: 'database-credentials' }],
    });
    expect(nodeOf(plan, 'database-user').spec(known)).toEqual({
      clusterIdentifier: 'nonprod-pr-7',
      endpoint: 'db.local',
      port: 3306,
      databaseName: 'shop',
      masterSecretName: 'nonprod/pr-7/database',
      userName: 'mayfly_pr_7',
    });
    for (const key of ['one-off-task/migrate', 'service/web', 'secret/app/pr-7', 'resource-tags']) {
      expect(nodeOf(plan, key).needs.map((need) => need.key)).toContain('database-user');
    }
  });

  it('is what services are given, and the master what is asked for as such', () => {
    expect(secretsIn(plan, 'task-definition/web')).toEqual({ PASSWORD: 'arn:database-user:password::' });
    expect(secretsIn(plan, 'task-definition/migrate')).toEqual({
      PASSWORD: 'arn:database-user:password::',
      MASTER: 'arn:database-credentials:password::',
    });
    const withoutUser = planOf(blueprint('secret'));
    expect(secretsIn(withoutUser, 'task-definition/migrate')).toEqual({
      PASSWORD: 'arn:database-credentials:password::',
      MASTER: 'arn:database-credentials:password::',
    });
  });

  it('is none where the blueprint asks for none', () => {
    for (const credentials of ['secret', 'inherit'] as const) {
      expect(planOf(blueprint(credentials)).nodes.map(({ kind }) => kind)).not.toContain('database-user');
    }
  });

  it('is another in a fresh clone, to which secrets lead once that has it', () => {
    const fresh = planOf(blueprint('user'), { record: environmentRecord(7, { intent: { databaseResets: 1 } }) });
    expect(nodeOf(fresh, 'database-user/2')).toMatchObject({ name: 'nonprod/pr-7/2/database-user' });
    expect(nodeOf(fresh, 'database-user/2').spec(known)).toMatchObject({
      clusterIdentifier: nodeOf(fresh, 'clone-cluster/2').name,
      masterSecretName: 'nonprod/pr-7/2/database',
      userName: 'mayfly_pr_7',
    });
    expect(nodeOf(fresh, 'secret/app/pr-7').needs).toContainEqual({ key: 'database-user/2' });
    expect(before(fresh, 'service/web')).toContain('database-user/2');
  });
});

describe('what amounts to no plan', () => {
  const planner = createPlanner({ platform: testPlatform(), blueprintPath: BLUEPRINT_PATH });
  const record = environmentRecord(7);
  const resolution = { headSha: record.intent.headSha, readAt: '', changedPaths: [], baseCommits: {} };

  it('names a blueprint that is not there and the commit it is missing from', () => {
    expect(planner.plan(record, { ...resolution, blueprint: null })).toEqual({
      ok: false,
      reason: 'BlueprintMissing',
      problems: ['There is no `.github/ephemeral.yml` at ec021a6. Add one: ten lines are enough.'],
    });
  });

  it.each([
    {
      blueprint: oneService({ listeners: [443, 8443] }),
      problem:
        '`services.web.listeners`: the load balancer does not listen on this port (found `8443`; allowed: 80, 443)',
    },
    {
      blueprint: oneService({}, { aliases: { web: 'elsewhere.example' } }),
      problem:
        '`aliases.web`: `web.pr-7.ephemeral.example.gov.uk` already stands for `services.web`; give one another name',
    },
    {
      blueprint: oneService(
        { host: 'b' },
        { services: { web: { image: 'web', port: 80, host: 'b' }, b: { image: 'b', port: 81 } } },
      ),
      problem:
        '`services.b`: `b.pr-7.ephemeral.example.gov.uk` already stands for `services.web`; give one another name',
    },
  ])('says what the platform cannot give: $problem', ({ blueprint, problem }) => {
    expect(planner.plan(record, { ...resolution, blueprint })).toEqual({
      ok: false,
      reason: 'BlueprintInvalid',
      problems: [`${BLUEPRINT_PATH}, ${problem}`],
    });
  });

  it('says which host is longer than DNS takes, by the template of the platform', () => {
    const flat = createPlanner({
      platform: testPlatform({ hostTemplate: '{service}-{env}.{zone}' }),
      blueprintPath: BLUEPRINT_PATH,
    });
    const planning = flat.plan(record, { ...resolution, blueprint: oneService({ host: 'w'.repeat(63) }) });
    expect(planning.ok ? [] : planning.problems).toEqual([expect.stringContaining('DNS takes 63 between two dots')]);
  });

  it('gives line, field and reason of each mistake', () => {
    const planning = planner.plan(record, {
      ...resolution,
      blueprint: 'version: 1\nservices:\n  web: { image: web, port: 0 }\n',
    });
    expect(planning).toMatchObject({ ok: false, reason: 'BlueprintInvalid' });
    expect(planning.ok ? [] : planning.problems[0]).toMatch(/^\.github\/ephemeral\.yml:3, `services\.web\.port`: /);
    const nasty = planner.plan(record, { ...resolution, blueprint: 'version: 1\n"a`b @octocat": {}\nservices: {}\n' });
    expect(nasty.ok ? [] : nasty.problems[0]).toContain(
      ':2, `a b @octocat`: there is no key `a b @octocat` here (found `a b @octocat`;',
    );
    expect(planner.terms({ headSha: '', blueprint: 'version: [' })).toBeUndefined();
    expect(planner.untouched({ headSha: '', blueprint: 'version: [' }, [])).toEqual([]);
  });

  it('names what falls back to another branch, with the branch', () => {
    expect(planner.untouched({ headSha: '', blueprint: vol }, ['app/api/index.php'])).toContainEqual({
      name: 'internal',
      paths: ['app/internal', 'infra/docker/internal', 'lib'],
      branch: 'main',
    });
  });
});

describe('what a plan takes of what AWS has only so much of', () => {
  const kindsOf = ({ needs }: Plan) => needs.map(({ kind }) => kind);

  it('is a clone, and for each public service a target group and its rules, with the hosts as AWS shows them', () => {
    const web = { image: 'web', port: 8080, host: 'web', listeners: [80, 443] };
    const plan = planOf(JSON.stringify({ version: 1, services: { web, queue: { image: 'queue', expose: 'none' } } }));
    const { loadBalancer, dns } = testPlatform();
    const rule = (listener: number) => `${loadBalancer.listeners[listener]?.arn} web.pr-7.${dns.zone}`;

    expect(kindsOf(plan)).toEqual(
      expect.arrayContaining(['clones', 'listener-rules', 'listener-rules', 'target-groups']),
    );
    expect(plan.needs.find(({ kind }) => kind === 'clones')).toEqual({
      kind: 'clones',
      of: 'source',
      item: nodeOf(plan, 'clone-cluster').name,
    });
    expect(plan.needs.filter(({ kind }) => kind === 'listener-rules')).toEqual(
      [0, 1].map((listener) => ({ kind: 'listener-rules', of: loadBalancer.arn, item: rule(listener) })),
    );
  });

  it('is no clone without a database', () => {
    const web = { image: 'web', port: 8080, host: 'web' };
    expect(kindsOf(planOf(JSON.stringify({ version: 1, database: false, services: { web } })))).not.toContain('clones');
  });

  it('is a certificate where the listener has none that covers the hosts', () => {
    const plan = planOf(vol);
    const certificates = plan.needs.filter(({ kind }) => kind === 'listener-certificates');

    expect(certificates.map(({ item }) => item)).toEqual([expect.stringMatching(/443 \S*pr-7\S*$/)]);
  });

  it('is refused where it is more than the load balancer takes in all', () => {
    const web = { image: 'web', port: 8080, host: 'web', listeners: [80, 443] };
    const blueprint = JSON.stringify({ version: 1, database: false, services: { web } });

    expect(() => planOf(blueprint, { platform: { limits: { listenerRules: 1 } } })).toThrow(
      'One environment needs 2 listener rules, and the load balancer main-1.eu-west-1.elb.amazonaws.com takes 1 in all.',
    );
  });
});
