import type {
  GetResourcesInput,
  GetResourcesOutput,
  GetTagKeysInput,
  GetTagKeysOutput,
  GetTagValuesInput,
  GetTagValuesOutput,
  TagFilter,
} from '@aws-sdk/client-resource-groups-tagging-api';
import type { Tags } from '../tag-index.ts';
import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import { pageOf } from './pagination.ts';

const MOST_FILTERS = 50;
const MOST_VALUES = 20;
const MOST_ARNS = 100;
const LARGEST_PAGE = 100;
const VALUES_PER_PAGE = 1000;

/**
 * What the tag index believes: resources that are gone are still listed for a while, new ones not yet, and one whose
 * tags were all removed comes with none. Keys are ANDed, the values of a key ORed.
 */
export function getResources(world: World, input: GetResourcesInput): GetResourcesOutput {
  refuseBadInput(input);
  const { TagFilters = [], ResourceTypeFilters = [], ResourceARNList = [], ResourcesPerPage = LARGEST_PAGE } = input;
  const matching = [...world.tagIndex.entries()].filter(
    ([arn, tags]) =>
      (ResourceARNList.length === 0 || ResourceARNList.includes(arn)) &&
      (ResourceTypeFilters.length === 0 || ResourceTypeFilters.some((type) => isOfType(arn, type))) &&
      TagFilters.every((filter) => meets(tags, filter)),
  );
  const { page, PaginationToken } = pageOf(
    world,
    { items: matching, keyOf: ([arn]) => arn, size: ResourcesPerPage },
    input,
  );
  return {
    PaginationToken,
    ResourceTagMappingList: page.map(([arn, tags]) => ({
      ResourceARN: arn,
      Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
    })),
  };
}

function refuseBadInput(input: GetResourcesInput): void {
  const { TagFilters = [], ResourceARNList = [], ResourcesPerPage = LARGEST_PAGE } = input;
  if (TagFilters.length > MOST_FILTERS || TagFilters.some(({ Values = [] }) => Values.length > MOST_VALUES)) {
    throw invalid(`At most ${MOST_FILTERS} tag filters of at most ${MOST_VALUES} values each may be given`);
  }
  if (ResourcesPerPage < 1 || ResourcesPerPage > LARGEST_PAGE) {
    throw invalid(`ResourcesPerPage must be between 1 and ${LARGEST_PAGE}`);
  }
  if (ResourceARNList.length > MOST_ARNS) {
    throw invalid(`At most ${MOST_ARNS} ARNs may be given`);
  }
  if (ResourceARNList.length > 0 && asksForMore(input)) {
    throw invalid('ResourceARNList cannot be combined with filters or paging');
  }
}

const invalid = (message: string): Refusal => new Refusal('InvalidParameterException', message);

function asksForMore({
  TagFilters,
  ResourceTypeFilters,
  ResourcesPerPage,
  PaginationToken,
}: GetResourcesInput): boolean {
  const others = [TagFilters?.[0], ResourceTypeFilters?.[0], ResourcesPerPage, PaginationToken || undefined];
  return others.some((other) => other !== undefined);
}

/** `rds`, or with the kind that begins the last part of the ARN: `ecs:service`, `elasticloadbalancing:targetgroup`. */
function isOfType(arn: string, type: string): boolean {
  const [service = '', kind] = type.split(':');
  const [, , owner, , , ...resource] = arn.split(':');
  return owner === service && (kind === undefined || resource.join(':').split(/[:/]/)[0] === kind);
}

function meets(tags: Tags, { Key = '', Values = [] }: TagFilter): boolean {
  const value = tags[Key];
  return value !== undefined && (Values.length === 0 || Values.includes(value));
}

export function getTagKeys(world: World, input: GetTagKeysInput): GetTagKeysOutput {
  const keys = new Set([...world.tagIndex.entries()].flatMap(([, tags]) => Object.keys(tags)));
  const { page, PaginationToken } = pageOf(world, { items: [...keys], keyOf: itself, size: VALUES_PER_PAGE }, input);
  return { TagKeys: page, PaginationToken };
}

export function getTagValues(world: World, input: GetTagValuesInput): GetTagValuesOutput {
  const values = [...world.tagIndex.entries()].map(([, tags]) => tags[input.Key ?? '']);
  const items = [...new Set(values.filter((value) => value !== undefined))];
  const { page, PaginationToken } = pageOf(world, { items, keyOf: itself, size: VALUES_PER_PAGE }, input);
  return { TagValues: page, PaginationToken };
}

const itself = (text: string): string => text;
