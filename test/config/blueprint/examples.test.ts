import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { Blueprint } from '../../../src/config/blueprint/blueprint.ts';
import { parseBlueprint } from '../../../src/config/blueprint/parse.ts';

function example(name: string): { text: string; blueprint: Blueprint } {
  const text = readFileSync(new URL(`../../../examples/${name}/ephemeral.yml`, import.meta.url), 'utf8');
  const parsed = parseBlueprint(text, { path: name });
  expect(parsed).toMatchObject({ ok: true });
  if (!parsed.ok) {
    throw new Error('refused');
  }
  return { text, blueprint: parsed.blueprint };
}

describe('the minimal example', () => {
  it('has at most ten lines', () => {
    expect(example('minimal').text.trimEnd().split('\n').length).toBeLessThanOrEqual(10);
  });

  it('is one public service and a clone, with every default', () => {
    const { services, database, images } = example('minimal').blueprint;
    expect(services).toEqual({
      web: {
        image: { origin: 'registry', name: 'shop-web', tag: null },
        command: null,
        environment: {},
        secrets: {},
        cpu: 256,
        memory: 512,
        architecture: 'X86_64',
        port: 8080,
        hosts: ['web'],
        apex: false,
        listeners: null,
        expose: 'public',
        sourceCidrs: [],
        count: 1,
        healthCheck: {
          path: '/',
          matcher: '200-399',
          intervalSeconds: 15,
          timeoutSeconds: 5,
          healthyThreshold: 2,
          unhealthyThreshold: 3,
        },
        healthCheckGraceSeconds: 120,
        sidecars: {},
        paths: [],
        dependsOn: [],
      },
    });
    expect(database).toEqual({
      name: null,
      port: 3306,
      capacity: { min: 0.5, max: 2, autoPauseSeconds: 300 },
      credentials: 'secret',
    });
    expect(images).toEqual({ registry: null, tag: '{sha}', fallback: null, deadlineSeconds: 900, build: null });
  });
});

/** What the first users' file forces the schema to support. */
describe("the first users' example", () => {
  const { blueprint, text } = example('dvsa-vol');

  it.each([
    ['matcher ranges', { services: { api: { healthCheck: { matcher: '200-499' } } } }],
    ['several listeners for a service', { services: { api: { listeners: [80, 443] } } }],
    ['a service of plain TCP, reached only inside', { services: { redis: { expose: 'internal', hosts: [] } } }],
    ['a path of the parameter store, copied', { parameters: [{ copy: '/applicationparams/dev/' }] }],
    ['a parameter, overridden', { parameters: [{ set: { ecs_api_hostname: '${host.api}' } }] }],
    ['whole secrets, copied', { secrets: [{ set: {} }, { set: {} }, { set: {} }] }],
    ['DNS aliases', { aliases: { 'olcsdb-rds': '${db.endpoint}' } }],
    ['the name in lower case', { parameters: [{ to: '/applicationparams/${env.slug}/' }] }],
    ['the name in upper case', { secrets: [{ to: 'DEVAPP${env.SLUG}-BASE-SM-APPLICATION-API' }, {}, {}] }],
    ['image tags per path', { services: { api: { paths: ['app/api', 'infra/docker/api', 'lib'] } } }],
    ['a fallback to main', { images: { fallback: { branch: 'main', tags: ['{pathSha10}', '{pathSha7}'] } } }],
    ['an external tag prefix', { images: { tag: 'branch-{slug}-{sha10}' } }],
    ['a task before the services', { tasks: { migrate: { phase: 'pre-deploy', timeoutSeconds: 1800 } } }],
    ['a task after them', { tasks: { 'cache-clear': { phase: 'post-deploy' } } }],
    ['a second repository', { refs: { etl: { repository: 'dvsa/olcs-etl', default: '1a2b3c4' } } }],
    ['its commit in a tag', { tasks: { migrate: { image: { name: 'liquibase', tag: '${ref.etl}' } } } }],
    [
      'ARM64 for all',
      { services: { redis: { architecture: 'ARM64' } }, tasks: { migrate: { architecture: 'ARM64' } } },
    ],
    ['a restriction to networks', { services: { 'pdf-converter': { sourceCidrs: ['10.0.0.0/16'] } } }],
    ['an environment URL of its own', { services: { selfserve: { apex: true } } }],
    ["the source's credentials", { database: { credentials: 'inherit' } }],
    [
      'a check that is half its own',
      { services: { 'pdf-converter': { healthCheck: { path: '/health', intervalSeconds: 30 } } } },
    ],
    [
      'a variable of its own beside the common ones',
      { services: { 'pdf-converter': { environment: { API_PORT: '8080', ENVIRONMENT_NAME: '${env.SLUG}' } } } },
    ],
  ])('expresses %s', (_, part) => {
    expect(blueprint).toMatchObject(part);
  });

  it('reads its changelog once that is switched on', () => {
    const switchedOn = text.replace(/^ {2}# ( *(?:migrations|tool|repository|ref|path|contexts|diverged):)/gm, '  $1');
    expect(parseBlueprint(switchedOn, { path: 'dvsa-vol' })).toMatchObject({
      ok: true,
      blueprint: {
        database: {
          migrations: {
            tool: 'liquibase',
            elsewhere: { repository: 'dvsa/olcs-etl', ref: '${ref.etl}' },
            path: 'changesets/OLCS.xml',
            contexts: ['dev'],
            diverged: 'refuse',
          },
        },
      },
    });
  });

  it('brings up both sites without waiting for the other services', () => {
    expect(blueprint.services).toMatchObject({ selfserve: { dependsOn: [] }, internal: { dependsOn: [] } });
  });

  it('names no account, host or person that is real', () => {
    expect(text).not.toMatch(/dvsacloud|dvsa\.gov\.uk/);
    expect(new Set(text.match(/\b\d{12}\b/g))).toEqual(new Set(['111111111111']));
  });
});
