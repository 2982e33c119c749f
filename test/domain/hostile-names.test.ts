import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseBlueprint } from '../../src/config/blueprint/parse.ts';
import { parseCommands } from '../../src/domain/command.ts';
import { resourceName } from '../../src/domain/resource-name.ts';
import { slugOf } from '../../src/domain/slug.ts';
import { encodeTags, provesOwnership } from '../../src/domain/tags.ts';
import { suiteInputs } from '../../src/domain/workflow-inputs.ts';
import { createPlanner } from '../../src/reconcile/plan/create-planner.ts';
import { environmentRecord } from '../support/environment-record.ts';
import { nasty } from '../support/nasty.ts';
import { testPlatform } from '../support/platform.ts';

const environment = { id: 'acme/shop#7', pullRequest: { repository: 'acme/shop', number: 7 }, name: 'pr-7' };
const expiresAt = new Date('2026-11-29T22:40:00Z');

describe('a branch', () => {
  it('is a legal value of a tag, changes no other tag, and proves nothing', () => {
    const plain = encodeTags({ environment, name: 'n', branch: 'main', commit: 'c', expiresAt });
    fc.assert(
      fc.property(nasty(), (branch) => {
        const tags = encodeTags({ environment, name: 'n', branch, commit: 'c', expiresAt });
        expect(tags['Branch']).toMatch(/^[A-Za-z0-9 _.:/=+\-@]{0,256}$/);
        expect({ ...tags, Branch: 'main' }).toEqual(plain);
        expect(provesOwnership(tags, { ...environment, name: 'pr-8' })).toBe(false);
      }),
    );
  });

  it('is one label of a host at the most', () => {
    fc.assert(
      fc.property(nasty(), (branch) => {
        expect(slugOf(branch)).toMatch(/^(?!.*--)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/);
      }),
    );
  });
});

it('names of services that nobody would choose are names of AWS all the same, and two of them stay two', () => {
  fc.assert(
    fc.property(nasty(), nasty(), (a, b) => {
      const [first, second] = [a, b].map((service) =>
        resourceName({ platform: 'mayfly', environment, kind: 'target-group', service }),
      );
      expect(first).toMatch(/^(?!.*--)[a-z]([a-z0-9-]{0,30}[a-z0-9])?$/);
      expect(first === second).toBe(a === b);
    }),
  );
});

it('what a workflow is told of a suite is text, whatever it is called', () => {
  fc.assert(
    fc.property(nasty(), (text) => {
      const inputs = suiteInputs({ suite: text, environment: 'pr-7', sha: 'a', urls: { [text]: `https://x/${text}` } });
      expect(Object.keys(inputs)).toEqual(['test_suite', 'environment', 'sha', 'urls']);
      expect(Object.values(inputs).every((input) => typeof input === 'string')).toBe(true);
      expect(Object.entries(JSON.parse(inputs['urls'] ?? '') as object)).toEqual([[text, `https://x/${text}`]]);
    }),
  );
});

it('a comment of any words at all is read, and asks for nothing that it does not say', () => {
  fc.assert(
    fc.property(fc.array(nasty(), { maxLength: 4 }), (lines) => {
      const { commands } = parseCommands(lines.join('\n'));
      expect(commands).toEqual([]);
    }),
  );
});

describe('a blueprint', () => {
  const path = '.github/ephemeral.yml';
  const planner = createPlanner({ platform: testPlatform(), blueprintPath: path });

  /** One string of it is anything at all, the others are as they should be: where two are wrong, the first is refused. */
  const blueprints = fc.record({ text: nasty(), where: fc.nat(12) }).map(({ text, where }) => {
    const at = (place: number, usual: string): string => (place === where ? text : usual);
    const name = at(0, 'web');
    return {
      version: 1,
      database: false,
      services: {
        [name]: {
          image: at(1, 'web'),
          port: 8080,
          host: at(2, 'web'),
          command: ['serve', at(3, '--fast')],
          environment: { [at(4, 'NAME')]: at(5, 'value') },
          healthCheck: { path: at(6, '/health'), matcher: at(7, '200-399') },
        },
      },
      smoke: [{ service: name, path: at(8, '/'), expect: '200' }],
      secrets: [{ to: at(9, 'env/${env.name}/a'), set: { [at(10, 'key')]: at(11, 'value') } }],
      owners: [at(12, 'octo-org/team')],
    };
  });

  it('of any strings is refused with its lines, or makes only what is its own', () => {
    let planned = 0;
    fc.assert(
      fc.property(blueprints, (given) => {
        const text = JSON.stringify(given);
        const parsed = parseBlueprint(text, { path });
        if (!parsed.ok) {
          expect(parsed.problems.length).toBeGreaterThan(0);
          return;
        }
        const record = environmentRecord(7);
        const resolution = {
          headSha: record.intent.headSha,
          readAt: '',
          blueprint: text,
          changedPaths: [],
          baseCommits: {},
        };
        const planning = planner.plan(record, resolution);
        if (!planning.ok) {
          return;
        }
        planned += 1;
        for (const node of planning.plan.nodes) {
          expect(node.name).toMatch(/^[\w./#=+@:* -]{1,512}$/);
          // A look of its own at the addresses: only below the environment's own names.
          for (const { url } of node.kind === 'smoke' ? node.spec({ outputs: () => ({}) }).checks : []) {
            const { hostname, username, port, protocol } = new URL(url);
            expect([protocol, username, port]).toEqual(['https:', '', '']);
            expect(hostname).toMatch(/^[a-z0-9-]+\.pr-7\.ephemeral\.example\.gov\.uk$|^web-?pr-7/);
          }
        }
      }),
      { numRuns: 400 },
    );
    // Most are refused; a property of nothing would be true of anything.
    expect(planned).toBeGreaterThan(10);
  });

  it.each([
    ['//evil.example/'],
    ['/@evil.example'],
    ['/\\evil.example'],
    ['/..//evil.example'],
    ['/%0d%0aHost:evil.example'],
    ['/#@evil.example'],
    ['/?x=https://evil.example'],
  ])('that has %s checked has its own host asked for it', (at) => {
    const text = JSON.stringify({
      version: 1,
      database: false,
      services: { web: { image: 'web', port: 8080, host: 'web' } },
      smoke: [{ service: 'web', path: at, expect: '200' }],
    });
    const record = environmentRecord(7);
    const planning = planner.plan(record, {
      headSha: record.intent.headSha,
      readAt: '',
      blueprint: text,
      changedPaths: [],
      baseCommits: {},
    });
    const smoke = planning.ok ? planning.plan.nodes.find(({ kind }) => kind === 'smoke') : undefined;
    const checks = smoke?.kind === 'smoke' ? smoke.spec({ outputs: () => ({}) }).checks : [];
    expect(checks.map(({ url }) => new URL(url).host)).toEqual(['web.pr-7.ephemeral.example.gov.uk']);
  });

  it.each([
    [
      'that grows tenfold with each line',
      `a: &a [x,x,x,x,x,x,x,x,x,x]\n${'b c d e f g h'
        .split(' ')
        .map((key, index) => `${key}: &${key} [${Array(10).fill(`*${'abcdefg'[index]}`).join(',')}]`)
        .join('\n')}\n`,
    ],
    ['of a hundred thousand brackets', `a: ${'['.repeat(100_000)}`],
    ['of ten thousand levels', Array.from({ length: 10_000 }, (_, depth) => `${' '.repeat(depth % 60)}a:`).join('\n')],
    ['of one key a million letters long', `${'k'.repeat(1_000_000)}: 1`],
    ['that asks for a class', 'version: !!js/function "function () { return 1 }"'],
    [
      'that would change every object',
      '{"version": 1, "__proto__": {"polluted": true}, "services": {"__proto__": {"image": "x"}}}',
    ],
    ['that merges what is not there', 'version: 1\nservices:\n  <<: *nothing\n'],
  ])('%s is refused at once', (_which, text) => {
    const begun = performance.now();
    expect(parseBlueprint(text, { path }).ok).toBe(false);
    expect(performance.now() - begun).toBeLessThan(2000);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});
