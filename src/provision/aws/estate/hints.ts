import { GetResourcesCommand, type ResourceGroupsTaggingAPIClient } from '@aws-sdk/client-resource-groups-tagging-api';
import { TAG_KEYS, TAG_MARKS } from '../../../domain/tags.ts';
import type { Sender } from '../clients.ts';
import { ask } from '../errors.ts';
import { readTags, type Tags } from '../ownership.ts';
import { bearsItsName } from './databases.ts';
import { allPages } from './reading.ts';

/**
 * What the tagging API lists under our marks, by ARN. It learns of a thing late and forgets it hours later, and there are
 * things it never lists (GetResources, "tagged or previously tagged").
 */
export async function readHints(tagging: Sender<ResourceGroupsTaggingAPIClient>): Promise<ReadonlyMap<string, Tags>> {
  const TagFilters = [
    { Key: TAG_KEYS.ephemeralEnv, Values: [TAG_MARKS.ephemeralEnv] },
    { Key: TAG_KEYS.managedBy, Values: [TAG_MARKS.managedBy] },
  ];
  const listed = await allPages(async (PaginationToken) => {
    const page = await ask('listing what is tagged', () =>
      tagging.send(new GetResourcesCommand({ TagFilters, PaginationToken })),
    );
    return { items: page.ResourceTagMappingList, next: page.PaginationToken };
  });
  return new Map(listed.map(({ ResourceARN = '', Tags: tags }) => [ResourceARN, readTags(tags)]));
}

/**
 * Whether a provisioner knows how to release what an ARN names; its own service is asked then, and not the tagging API.
 * None releases a database that somebody restored under another name.
 */
export function isReleasable(arn: string, tags: Tags): boolean {
  const [, database] = DATABASE.exec(arn) ?? [];
  return KNOWN.some((kind) => kind.test(arn)) && (database === undefined || bearsItsName(database, tags));
}

const DATABASE = /:rds:[^:]*:\d*:(?:cluster|db):(.+)$/;

const KNOWN = [
  /:rds:[^:]*:\d*:(cluster|db):/,
  /:ecs:[^:]*:\d*:(service|task|task-definition)\//,
  /:elasticloadbalancing:[^:]*:\d*:(targetgroup|listener-rule)\//,
  /:acm:[^:]*:\d*:certificate\//,
  /:logs:[^:]*:\d*:log-group:/,
  /:secretsmanager:[^:]*:\d*:secret:/,
  /:ssm:[^:]*:\d*:parameter\//,
];
