import {
  DescribeTaskDefinitionCommand,
  ListTaskDefinitionFamiliesCommand,
  ListTaskDefinitionsCommand,
} from '@aws-sdk/client-ecs';
import { ask } from '../errors.ts';
import { readEcsTags, type Tags } from '../ownership.ts';
import { allPages, askEach, type Reading, type TaggedThing } from './reading.ts';

/** ECS reads twenty a second, and Mayfly's own looks are among them; each family takes three calls at most. */
const FAMILIES_PER_SECOND = 4;

/** Families that have a revision which somebody still has to delete. One that ECS is deleting goes by itself. */
export async function readTaskDefinitions(reading: Reading): Promise<TaggedThing[]> {
  const { pause } = reading;
  const found = await askEach(await families(reading), { perSecond: FAMILIES_PER_SECOND, pause }, async (name) => {
    const newest = (await newestRevision(reading, name, 'ACTIVE')) ?? (await newestRevision(reading, name, 'INACTIVE'));
    return newest === undefined ? undefined : { name, tags: await revisionTags(reading, newest) };
  });
  return found
    .filter((one) => one !== undefined)
    .map(({ name, tags }) => ({
      kind: 'task-definition',
      name,
      label: name,
      tags,
      isWitness: true,
      spec: null,
      recorded: null,
    }));
}

async function families({ clients, scope }: Reading): Promise<string[]> {
  return await allPages(async (nextToken) => {
    const command = new ListTaskDefinitionFamiliesCommand({ familyPrefix: `${scope.name}-`, status: 'ALL', nextToken });
    const page = await ask('listing the task definitions', () => clients.ecs.send(command));
    return { items: page.families, next: page.nextToken };
  });
}

async function newestRevision(
  { clients }: Reading,
  family: string,
  status: 'ACTIVE' | 'INACTIVE',
): Promise<string | undefined> {
  const command = new ListTaskDefinitionsCommand({ familyPrefix: family, status, sort: 'DESC' });
  const page = await ask(`listing the revisions of ${family}`, () => clients.ecs.send(command));
  return page.taskDefinitionArns?.find((arn) => arn.split('/').at(-1)?.split(':')[0] === family);
}

async function revisionTags({ clients }: Reading, arn: string): Promise<Tags> {
  const found = await ask(
    `describing the task definition ${arn}`,
    () => clients.ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: arn, include: ['TAGS'] })),
    { on: { 'not-found': () => undefined } },
  );
  return readEcsTags(found?.tags);
}
