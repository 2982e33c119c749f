import {
  DeleteLogGroupCommand,
  DescribeLogGroupsCommand,
  ListTagsForResourceCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import {
  DeleteTaskDefinitionsCommand,
  DescribeTaskDefinitionCommand,
  ListTaskDefinitionFamiliesCommand,
  ListTaskDefinitionsCommand,
} from '@aws-sdk/client-ecs';
import { withDigest } from '../../src/domain/slug.ts';
import { TAG_KEYS, TAG_MARKS } from '../../src/domain/tags.ts';
import type { AwsClients } from '../../src/provision/aws/clients.ts';
import { ask } from '../../src/provision/aws/errors.ts';
import { readEcsTags, type Tags } from '../../src/provision/aws/ownership.ts';

export interface EnvironmentPlace {
  readonly platform: string;
  readonly name: string;
}

/**
 * What is there again, or still, when Terraform has removed all it knows: log groups that late writers made anew, the
 * group of Container Insights among them, and revisions of task definitions, which the provider deregisters and leaves.
 */
export interface Leftovers {
  /** Removes what there is now, and resolves with its names. A second call finds nothing, unless somebody wrote again. */
  remove(place: EnvironmentPlace): Promise<string[]>;
}

type Clients = Pick<AwsClients, 'logs' | 'ecs'>;

/** `DeleteTaskDefinitions` takes ten. */
const DELETE_AT_ONCE = 10;

export function createLeftovers(clients: Clients): Leftovers {
  return {
    remove: async (place) => [...(await removeLogGroups(clients, place)), ...(await removeRevisions(clients, place))],
  };
}

/**
 * The cluster that the module makes for an environment with `dedicated_cluster`: `local.name` of infra/modules/environment.
 * The group of the platform's own cluster is shared, and no environment's to remove.
 */
export function dedicatedClusterName({ platform, name }: EnvironmentPlace): string {
  return withDigest(`${platform}-${name}`, { of: `${platform}/${name}`, maxLength: 255 });
}

/** The group's name is the proof: a group that a writer made anew has no tags. One that has another's is left. */
async function removeLogGroups({ logs }: Clients, place: EnvironmentPlace): Promise<string[]> {
  const insights = `/aws/ecs/containerinsights/${dedicatedClusterName(place)}/performance`;
  const groups = [
    ...(await groupsBelow({ logs }, `/mayfly/${place.platform}/${place.name}/`)),
    ...(await groupsBelow({ logs }, insights)).filter(({ name }) => name === insights),
  ];
  const removed: string[] = [];
  for (const { name, arn } of groups) {
    const found = await ask(
      `reading the tags of ${name}`,
      () => logs.send(new ListTagsForResourceCommand({ resourceArn: arn })),
      { on: { 'not-found': () => undefined } },
    );
    const tags = found?.tags ?? {};
    if (Object.keys(tags).length === 0 || isOf(tags, place)) {
      await ask(`deleting the log group ${name}`, () => logs.send(new DeleteLogGroupCommand({ logGroupName: name })), {
        on: { 'not-found': () => undefined },
      });
      removed.push(name);
    }
  }
  return removed;
}

async function groupsBelow({ logs }: Pick<Clients, 'logs'>, prefix: string): Promise<{ name: string; arn: string }[]> {
  const found: { name: string; arn: string }[] = [];
  let nextToken: string | undefined;
  do {
    const page = await ask(`listing the log groups ${prefix}`, () =>
      logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: prefix, nextToken })),
    );
    for (const { logGroupName: name = '', logGroupArn, arn = '' } of page.logGroups ?? []) {
      // The tag operations refuse the `:*` at the end.
      found.push({ name, arn: logGroupArn ?? arn.replace(/:\*$/, '') });
    }
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return found;
}

/** A family's name alone proves nothing: `payments-web` may be an environment, or a service of `payments`. */
async function removeRevisions({ ecs }: Clients, place: EnvironmentPlace): Promise<string[]> {
  const own: string[] = [];
  for (const family of await inactiveFamilies({ ecs }, `${place.platform}-${place.name}-`)) {
    for (const arn of await inactiveRevisions({ ecs }, family)) {
      const { tags } = await ask(`describing ${arn}`, () =>
        ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: arn, include: ['TAGS'] })),
      );
      if (isOf(readEcsTags(tags), place)) {
        own.push(arn);
      }
    }
  }
  for (let from = 0; from < own.length; from += DELETE_AT_ONCE) {
    const taskDefinitions = own.slice(from, from + DELETE_AT_ONCE);
    await ask('deleting revisions of task definitions', () =>
      ecs.send(new DeleteTaskDefinitionsCommand({ taskDefinitions })),
    );
  }
  return own.map((arn) => arn.split('/').at(-1) ?? arn);
}

async function inactiveFamilies({ ecs }: Pick<Clients, 'ecs'>, familyPrefix: string): Promise<string[]> {
  const families: string[] = [];
  let nextToken: string | undefined;
  do {
    const page = await ask(`listing the task definitions ${familyPrefix}`, () =>
      ecs.send(new ListTaskDefinitionFamiliesCommand({ familyPrefix, status: 'INACTIVE', nextToken })),
    );
    families.push(...(page.families ?? []));
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return families;
}

async function inactiveRevisions({ ecs }: Pick<Clients, 'ecs'>, family: string): Promise<string[]> {
  const arns: string[] = [];
  let nextToken: string | undefined;
  do {
    const page = await ask(`listing the revisions of ${family}`, () =>
      ecs.send(new ListTaskDefinitionsCommand({ familyPrefix: family, status: 'INACTIVE', nextToken })),
    );
    arns.push(...(page.taskDefinitionArns ?? []));
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return arns;
}

function isOf(tags: Tags, { name }: EnvironmentPlace): boolean {
  return (
    tags[TAG_KEYS.environment] === name &&
    tags[TAG_KEYS.ephemeralEnv] === TAG_MARKS.ephemeralEnv &&
    tags[TAG_KEYS.managedBy] === TAG_MARKS.managedBy
  );
}
