import { ListSecretsCommand } from '@aws-sdk/client-secrets-manager';
import { DescribeParametersCommand, ListTagsForResourceCommand } from '@aws-sdk/client-ssm';
import type { EnvironmentOwner } from '../../../domain/environment.ts';
import { TerminalError } from '../../../domain/failure.ts';
import { ownershipTags, TAG_KEYS } from '../../../domain/tags.ts';
import { ask } from '../errors.ts';
import { describeSecret } from '../own-secret.ts';
import { readTags } from '../ownership.ts';
import { allPages, askEach, type Reading, type TaggedThing } from './reading.ts';

const CALLS_PER_SECOND = 8;
const OWNERS_PER_SECOND = 3;

/**
 * Secrets, those on their way out among them. A listing may be five minutes old (ListSecrets, API reference), so each is
 * described. Blueprints may name them as they like: such a one is no witness.
 */
export async function readSecrets({ clients, scope, hints, pause }: Reading): Promise<TaggedThing[]> {
  const listed = await allPages(async (NextToken) => {
    const Filters = [{ Key: 'tag-key' as const, Values: [TAG_KEYS.ephemeralEnv] }];
    const page = await ask('listing the secrets', () =>
      clients.secrets.send(new ListSecretsCommand({ IncludePlannedDeletion: true, Filters, NextToken })),
    );
    return { items: page.SecretList, next: page.NextToken };
  });
  const named = new Map(listed.map(({ ARN = '', Name = '' }) => [ARN, Name]));
  const hinted = [...hints.keys()].filter((arn) => arn.includes(':secretsmanager:') && !named.has(arn));
  const names = [...named.values(), ...hinted.map(nameIn)];
  const found = await askEach(names, { perSecond: CALLS_PER_SECOND, pause }, async (name) => ({
    name,
    secret: await unlessForbidden(
      async () => await describeSecret(clients.secrets, name),
      name.startsWith(`${scope.name}/`),
    ),
  }));
  return found.flatMap(({ name, secret }) =>
    secret
      ? [
          {
            kind: kindOf(name),
            name,
            label: name,
            tags: secret.tags,
            isWitness: name.startsWith(`${scope.name}/`),
            spec: null,
            recorded: null,
          },
        ]
      : [],
  );
}

function kindOf(name: string): 'database-credentials' | 'database-user' | 'secret' {
  if (name.endsWith('/database')) {
    return 'database-credentials';
  }
  return name.endsWith('/database-user') ? 'database-user' : 'secret';
}

/** Of `arn:aws:secretsmanager:region:account:secret:name-AbCdEf`, without the six characters that are not the name's. */
function nameIn(arn: string): string {
  return arn
    .split(':')
    .slice(6)
    .join(':')
    .replace(/-[^-]{6}$/, '');
}

/**
 * Parameters by the path that holds them, which is what goes as one. There may be hundreds, and each would have to be
 * asked for its tags: the parameter store itself picks those of an owner.
 */
export async function readParameters(reading: Reading, owners: readonly EnvironmentOwner[]): Promise<TaggedThing[]> {
  const { pause } = reading;
  const found = await askEach(owners, { perSecond: OWNERS_PER_SECOND, pause }, async (owner) => {
    const paths = outermost(await parametersOf(reading, owner));
    return await Promise.all([...paths].map(async ([path, parameter]) => await pathOf(reading, path, parameter)));
  });
  return found.flat();
}

async function parametersOf({ clients }: Reading, owner: EnvironmentOwner): Promise<string[]> {
  const ParameterFilters = Object.entries(ownershipTags(owner)).map(([key, value]) => ({
    Key: `tag:${key}`,
    Values: [value],
  }));
  const listed = await allPages(async (NextToken) => {
    const page = await ask(`listing the parameters of ${owner.name}`, () =>
      clients.ssm.send(new DescribeParametersCommand({ ParameterFilters, NextToken })),
    );
    return { items: page.Parameters, next: page.NextToken };
  });
  return listed.map(({ Name = '' }) => Name).filter((name) => folderOf(name).length > 1);
}

async function pathOf({ clients, scope }: Reading, path: string, parameter: string): Promise<TaggedThing> {
  const look = async () =>
    await ask(
      `reading the tags of the parameter ${parameter}`,
      () => clients.ssm.send(new ListTagsForResourceCommand({ ResourceType: 'Parameter', ResourceId: parameter })),
      { on: { 'not-found': () => undefined } },
    );
  const found = await unlessForbidden(look, path.startsWith(`/${scope.name}/`));
  return {
    kind: 'parameters',
    name: path,
    label: path,
    tags: readTags(found?.TagList),
    isWitness: path.startsWith(`/${scope.name}/`),
    spec: null,
    recorded: null,
  };
}

/**
 * What Mayfly's roles may not look at is no environment's, unless it has the platform's name in front: somebody put our
 * tags on a thing of his own, and must not keep everything else from being found.
 */
async function unlessForbidden<T>(look: () => Promise<T>, isNamedAsOurs: boolean): Promise<T | undefined> {
  try {
    return await look();
  } catch (error) {
    if (!isNamedAsOurs && error instanceof TerminalError && error.reason === 'AccessDenied') {
      return undefined;
    }
    throw error;
  }
}

function folderOf(parameter: string): string {
  return parameter.slice(0, parameter.lastIndexOf('/') + 1);
}

/** The folders that lie in no other of them, each with one of its parameters. */
function outermost(parameters: readonly string[]): ReadonlyMap<string, string> {
  const folders = new Map(parameters.map((parameter) => [folderOf(parameter), parameter]));
  const all = [...folders.keys()];
  return new Map([...folders].filter(([path]) => !all.some((other) => other !== path && path.startsWith(other))));
}
