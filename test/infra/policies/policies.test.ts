import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parsePolicy, type Statement } from '../../../sim/aws/authorisation/policy.ts';
import { factsOf, hasKey } from '../../../sim/aws/authorisation/service-reference.ts';
import { sizeOf } from '../../../sim/aws/iam/policy-document.ts';
import { LONG_VARIABLES } from './long-variables.ts';
import { MAYFLY_POLICIES, POLICIES, renderPolicy } from './render.ts';

const folder = new URL('../../../infra/policies/', import.meta.url);

/** Whole services: what this is for is in the README. */
const BROAD = ['workflow-platform', 'task-boundary'];
/** Judged on a cluster, which only its key names (Amazon ECS Developer Guide, identity-based policy examples). */
const NAMED_BY_KEY = ['ListServicesAndTasksOfTheCluster'];

async function statementsOf(name: string): Promise<readonly Statement[]> {
  return parsePolicy(await renderPolicy(name, LONG_VARIABLES));
}

/** Of a managed policy, which Mayfly's and a boundary have to be, and of all inline policies of a role together (IAM quotas). */
const limitOf = (name: string): number => (/^(mayfly-|task-boundary)/.test(name) ? 6144 : 10_240);

describe.each(POLICIES)('the policy %s', (name) => {
  it('is no longer than IAM takes, and has a sentence for every statement', async () => {
    const sids = (await statementsOf(name)).map(({ sid }) => sid);

    expect(sizeOf(await renderPolicy(name, LONG_VARIABLES))).toBeLessThanOrEqual(limitOf(name));
    expect(new Set(sids).size).toBe(sids.length);
    expect(sids.filter((sid) => !/^([A-Z][a-z]*){2,}/.test(sid) || !/^[A-Za-z0-9]+$/.test(sid))).toEqual([]);
  });

  it('is explained in the README, statement by statement, action by action', async () => {
    const readme = readFileSync(new URL('README.md', folder), 'utf8');
    const [, section = ''] = readme.split(`\n## ${sectionOf(name)}\n`);
    const rows = section.split('\n## ')[0]?.split('\n') ?? [];
    const unexplained = (await statementsOf(name)).flatMap(({ sid, actions }) => {
      const row = rows.find((line) => line.includes(`\`${sid}\``)) ?? '';
      return row === ''
        ? [sid]
        : actions.patterns.filter((action) => !row.includes(nameIn(action))).map((action) => `${sid}: ${action}`);
    });

    expect(unexplained).toEqual([]);
  });

  it('holds actions that AWS has, each by its name', async () => {
    for (const { effect, actions } of await statementsOf(name)) {
      for (const action of actions.patterns) {
        const isWild = action.includes('*');
        expect([action, isWild && effect === 'Allow' && !BROAD.includes(name)]).toEqual([action, false]);
        await expect(isWild ? Promise.resolve(action) : factsOf(action)).resolves.toBeDefined();
      }
    }
  });

  it('is about everything only where AWS knows nothing narrower', async () => {
    const statements = BROAD.includes(name) ? [] : await statementsOf(name);
    const wide = statements.filter(
      ({ resources, sid }) => resources.patterns.includes('*') && !NAMED_BY_KEY.includes(sid),
    );
    for (const { actions } of wide) {
      for (const action of actions.patterns) {
        expect([action, (await factsOf(action)).resourceTypes.map((type) => type.name)]).toEqual([action, []]);
      }
    }
  });

  it('names resources that its actions are judged on, and condition keys that they are judged with', async () => {
    for (const statement of await statementsOf(name)) {
      expect(await misfits(statement)).toEqual([]);
    }
  });
});

/** The four policies of one role are one section. */
function sectionOf(name: string): string {
  return (MAYFLY_POLICIES as readonly string[]).includes(name) ? 'mayfly' : name;
}

const nameIn = (action: string): string => action.split(':')[1] ?? action;

/** What the end of a pattern may stand for: most things, and the streams of a log group. */
const FILLINGS = ['x/x', 'x:log-stream:x', 'log-stream:x'];

/** What of a statement means nothing to AWS, as sentences. */
async function misfits({ sid, actions, resources, conditions }: Statement): Promise<string[]> {
  const tame = actions.patterns.filter((action) => !action.includes('*'));
  const facts = await Promise.all(tame.map(async (action) => ({ action, ...(await factsOf(action)) })));
  const named = resources.patterns.filter((pattern) => pattern !== '*');
  const samplesOf = (pattern: string): string[] => FILLINGS.map((filling) => pattern.replaceAll('*', filling));
  const isJudged = ({ resourceTypes }: (typeof facts)[number], pattern: string): boolean =>
    samplesOf(pattern).some((sample) => resourceTypes.some(({ arn }) => arn.test(sample)));
  const isAllTame = tame.length === actions.patterns.length;
  const samples = named.length > 0 ? named.flatMap(samplesOf) : ['*'];
  return [
    ...facts
      .filter((fact) => named.length > 0 && !named.some((pattern) => isJudged(fact, pattern)))
      .map(({ action }) => `${sid}: ${action} is judged on none of its resources`),
    ...named
      .filter((pattern) => isAllTame && !facts.some((fact) => isJudged(fact, pattern)))
      .map((pattern) => `${sid}: no action is judged on ${pattern}`),
    ...facts.flatMap(({ action, ...known }) =>
      conditions
        .filter(({ key }) => !samples.some((sample) => hasKey(known, sample, key)))
        .map(({ key }) => `${sid}: ${action} is not judged with ${key}`),
    ),
  ];
}

describe("the calls in the code of Mayfly's AWS", () => {
  /** Where the package's name and the prefix of its actions differ. */
  const prefixes: Readonly<Record<string, string>> = {
    'cloudwatch-logs': 'logs',
    'elastic-load-balancing-v2': 'elasticloadbalancing',
    'resource-groups-tagging-api': 'tag',
    'route-53': 'route53',
    'secrets-manager': 'secretsmanager',
  };
  /** What a call needs beside the action of its own name. */
  const besides = [
    'acm:AddTagsToCertificate',
    'cognito-idp:DescribeUserPoolClient',
    'elasticloadbalancing:AddTags',
    'iam:PassRole',
    'logs:TagResource',
    'rds:AddTagsToResource',
    'ssm:AddTagsToResource',
  ];

  it('are the actions of its policies, one for one', async () => {
    const source = new URL('../../../src/provision/aws/', import.meta.url);
    // To report is the reaper's alone, and allowed by infra/modules/reaper.
    const files = readdirSync(source, { encoding: 'utf8', recursive: true }).filter((path) => path.endsWith('.ts'));
    const called = files.flatMap((file) => {
      const text = file.startsWith('report/') ? '' : readFileSync(new URL(file, source), 'utf8');
      return [...text.matchAll(/import \{([^}]*)\} from '@aws-sdk\/client-([a-z0-9-]+)'/g)].flatMap(
        ([, names = '', client = '']) =>
          [...names.matchAll(/(\w+)Command\b/g)].map(([, operation]) => `${prefixes[client] ?? client}:${operation}`),
      );
    });
    const statements = (await Promise.all(MAYFLY_POLICIES.map(statementsOf))).flat();
    const allowed = new Set(
      statements.filter(({ effect }) => effect === 'Allow').flatMap(({ actions }) => actions.patterns),
    );

    // GetCallerIdentity needs no permission (AWS STS API reference).
    expect([...allowed].toSorted()).toEqual(
      [...new Set([...called, ...besides])].filter((action) => action !== 'sts:GetCallerIdentity').toSorted(),
    );
  });
});
