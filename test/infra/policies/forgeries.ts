import { type AccessRequest, createJudge } from '../../../sim/aws/authorisation/decide.ts';
import { factsOf } from '../../../sim/aws/authorisation/service-reference.ts';
import type { Recording } from './recording.ts';

/**
 * How a request differs from one that was seen: in the account, in whose name the resource has, in a condition key that is
 * another or is not there, or in that it tags what environments are copied from.
 */
interface Forgery {
  readonly how: string;
  readonly request: AccessRequest;
}

const OWNERSHIP = ['EphemeralEnv', 'ManagedBy', 'SourceOf'];
const STRANGER = 'strange';

const made = new WeakMap<readonly AccessRequest[], Promise<Forgery[]>>();

/** They do not depend on the policy, and are made once for all that is done to it. */
async function forgeriesOf(recording: Recording): Promise<Forgery[]> {
  const forged = made.get(recording.requests) ?? forgeries(recording);
  made.set(recording.requests, forged);
  return await forged;
}

/** Requests of a stranger, made of what was seen. A role that is confined may make none of them. */
async function forgeries({ requests, variables }: Recording): Promise<Forgery[]> {
  const own = ['name', 'cluster_name', 'zone_id'].map((variable) => variables[variable] ?? '');
  const loadBalancer = variables['load_balancer']?.split('/')[1] ?? '';
  const forged = await Promise.all(
    requests.map(async (request) => {
      const { accessLevel } = await factsOf(request.action);
      const isReading = accessLevel === 'Read' || accessLevel === 'List';
      return [
        ...elsewhere(request, variables['account_id'] ?? ''),
        ...named(request, [...own, loadBalancer]),
        ...keyed(request, { isReading }),
        ...ofSources(request, variables),
      ];
    }),
  );
  return forged.flat();
}

function elsewhere(request: AccessRequest, account: string): Forgery[] {
  return changed(request, 'in another account', (text) => text.replaceAll(account, '999999999999'));
}

/** As if it were somebody else's by its name, with all its tags. */
function named(request: AccessRequest, own: readonly string[]): Forgery[] {
  const names = new RegExp(`\\b(${own.join('|')})\\b`, 'g');
  return changed(request, 'by the name of somebody else', (arn) => {
    const [service, ...parts] = arn.split(/(?<=^(?:[^:]*:){5})/);
    return `${service}${parts.join('').replaceAll(names, STRANGER)}`;
  });
}

/** The cluster of a task or a service stands in its ARN and in a key: the two are never of different clusters. */
function changed(request: AccessRequest, how: string, change: (arn: string) => string): Forgery[] {
  const resource = change(request.resource);
  const cluster = request.context.get('ecs:cluster');
  const context = new Map(request.context);
  if (typeof cluster === 'string' && namesItsCluster(request)) {
    context.set('ecs:cluster', change(cluster));
  }
  return resource === request.resource ? [] : [{ how, request: { ...request, resource, context } }];
}

const namesItsCluster = ({ resource }: AccessRequest): boolean => /:(service|task|container-instance)\//.test(resource);

/** Each key by itself, gone and with a stranger's value; and each tag that proves ownership on both sides at once. */
function keyed(request: AccessRequest, { isReading }: { isReading: boolean }): Forgery[] {
  const { context } = request;
  const isTag = (key: string) => /^aws:(requesttag|resourcetag)\//.test(key);
  const alone = [...context.keys()].filter((key) =>
    isTag(key) ? !isReading && OWNERSHIP.some((tag) => key.endsWith(tag.toLowerCase())) : key !== 'aws:tagkeys',
  );
  const both = OWNERSHIP.flatMap((tag) => {
    const pair = [`aws:requesttag/${tag.toLowerCase()}`, `aws:resourcetag/${tag.toLowerCase()}`];
    return !isReading && pair.some((key) => context.has(key)) ? spoiled(request, pair, `both tags ${tag}`) : [];
  });
  return [
    ...alone
      .filter((key) => key !== 'ecs:cluster' || !namesItsCluster(request))
      .flatMap((key) => spoiled(request, [key], key)),
    ...both,
  ];
}

function spoiled(request: AccessRequest, keys: readonly string[], what: string): Forgery[] {
  const gone = new Map(request.context);
  const strange = new Map(request.context);
  for (const key of keys) {
    gone.delete(key);
    strange.set(key, strangersValue(request.context.get(key)));
  }
  return [
    { how: `${what}: gone`, request: { ...request, context: gone } },
    { how: `${what}: strange`, request: { ...request, context: strange } },
  ];
}

function strangersValue(held: string | readonly string[] | undefined): string | readonly string[] {
  return typeof held === 'string' || held === undefined ? STRANGER : [...held, STRANGER];
}

/** Actions that only put tags on, with ours, on what environments are made from, and on Mayfly's own database. */
function ofSources(request: AccessRequest, variables: Readonly<Record<string, string>>): Forgery[] {
  const account = `${variables['region']}:${variables['account_id']}`;
  const sources: Readonly<Record<string, readonly string[]>> = {
    'rds:AddTagsToResource': [
      `cluster:${variables['source_identifier']}`,
      `db:${variables['source_identifier']}-1`,
      `db:${variables['source_identifier']}-12`,
      `db:${variables['name']}-mayfly`,
      // One that Mayfly made it may tag as a source, and as nothing else.
      ...(request.context.has('aws:requesttag/ephemeralenv')
        ? [`cluster:${variables['name']}-source-20261126-3f9a`, `db:${variables['name']}-source-20261126-3f9a-1`]
        : []),
    ].map((kept) => `arn:aws:rds:${account}:${kept}`),
    'secretsmanager:TagResource': listIn(variables['source_secrets']),
    'ssm:AddTagsToResource': listIn(variables['source_parameters']),
  };
  return (sources[request.action] ?? []).map((source) => ({
    how: 'of a source',
    request: { ...request, resource: source.replace('*', 'x') },
  }));
}

function listIn(text = '[]'): string[] {
  return JSON.parse(text) as string[];
}

/** What no policy can keep from a role, or what needs not be kept from it: `action how` -> why. */
export type Reasons = Readonly<Record<string, string>>;

/**
 * The forged requests that a role may make, as `action how`, each once, and the reasons that none of them needs. Both are
 * empty for a role that is confined as far as AWS lets it be.
 */
export async function unconfined(recordings: readonly Recording[], reasons: Reasons): Promise<string[]> {
  const open = new Set<string>();
  for (const recording of recordings) {
    const judge = createJudge(recording.policy);
    for (const { how, request } of await forgeriesOf(recording)) {
      if (judge(request).isAllowed) {
        open.add(`${request.action} ${how.replace(/: \w+$/, '')}`);
      }
    }
  }
  const unused = Object.keys(reasons).filter((reason) => !open.has(reason));
  return [
    ...[...open].filter((found) => !(found in reasons)).map((found) => `may: ${found}`),
    ...unused.map((reason) => `may not, though a reason is given: ${reason}`),
  ].toSorted();
}
