import type {
  CacheUsageLimits,
  CreateServerlessCacheRequest,
  CreateServerlessCacheResponse,
  DeleteServerlessCacheRequest,
  DeleteServerlessCacheResponse,
  DescribeServerlessCachesRequest,
  DescribeServerlessCachesResponse,
  ModifyServerlessCacheRequest,
  ModifyServerlessCacheResponse,
  ServerlessCache as ServerlessCacheView,
} from '@aws-sdk/client-elasticache';
import { ensureDefaultVpc } from '../ec2/default-vpc.ts';
import { pageOf } from '../paging.ts';
import { Refusal } from '../wire/refusal.ts';
import type { Handler } from '../wire/service.ts';
import type { World } from '../world.ts';
import { serverlessHost } from './endpoints.ts';
import { engineNamed } from './engines.ts';
import { checkRetention } from './group-rules.ts';
import { cacheArn, newName } from './names.ts';
import { invalidCombination, invalidValue } from './refusals.ts';
import { securityGroupsIn } from './security-groups.ts';
import type { Engine, ServerlessCache } from './state.ts';
import { tagsIn } from './tag-rules.ts';

const PORT = 6379;
const READER_PORT = 6380;
const PAGE = 50;
const DEFAULT_SUBNETS = 3;

/** Major version -> the full one that runs. */
const VERSIONS: Readonly<Record<Engine, Readonly<Record<string, string>>>> = {
  redis: { 7: '7.1' },
  valkey: { 7: '7.2', 8: '8.0' },
};

/** Throws ServerlessCacheNotFoundFault. */
export function serverlessCacheNamed({ elasticache }: World, name: string): ServerlessCache {
  const cache = elasticache.serverlessCaches.get(name.toLowerCase());
  if (!cache) {
    throw new Refusal('ServerlessCacheNotFoundFault', `ServerlessCache not found: ${name}`);
  }
  return cache;
}

function create(world: World, input: CreateServerlessCacheRequest): CreateServerlessCacheResponse {
  const name = newName('ServerlessCacheName', input.ServerlessCacheName);
  const { serverlessCaches: all, quotas } = world.elasticache;
  if (all.has(name)) {
    throw new Refusal('ServerlessCacheAlreadyExistsFault', `Serverless cache ${name} already exists.`);
  }
  if (all.size >= quotas.serverlessCaches) {
    throw new Refusal('ServerlessCacheQuotaForCustomerExceededFault', 'The quota of serverless caches is exceeded.');
  }
  refuseWhatIsUnknown(input);
  const engine = engineNamed(input.Engine);
  const place = placeIn(world, input.SubnetIds);
  const cache: ServerlessCache = {
    name,
    arn: cacheArn(world, 'serverlesscache', name),
    createdAt: world.clock.now(),
    endpoint: serverlessHost(world, name),
    subnetIds: place.subnetIds,
    kmsKeyId: input.KmsKeyId,
    engine,
    majorVersion: majorVersion(engine, input.MajorEngineVersion),
    status: 'creating',
    description: input.Description ?? '',
    limits: checkedLimits(input.CacheUsageLimits),
    securityGroupIds: securityGroupsIn(world, place.vpcId, input.SecurityGroupIds),
    snapshotRetentionDays: checkRetention(input.SnapshotRetentionLimit ?? 0),
    dailySnapshotTime: input.DailySnapshotTime,
    tags: tagsIn(input.Tags),
    cancelTransition: () => undefined,
  };
  all.set(name, cache);
  world.tagIndex.put(cache.arn, cache.tags);
  settle(world, cache, () => undefined);
  return { ServerlessCache: view(cache) };
}

function refuseWhatIsUnknown({ SnapshotArnsToRestore, UserGroupId }: CreateServerlessCacheRequest): void {
  if (SnapshotArnsToRestore?.length) {
    throw invalidValue('The local cloud has no snapshots to restore a cache from.');
  }
  if (UserGroupId !== undefined) {
    throw new Refusal('UserGroupNotFoundFault', `User group ${UserGroupId} not found.`);
  }
}

/** Without subnets, three of the default VPC's (API reference, ServerlessCache). */
function placeIn(world: World, asked: readonly string[] | undefined): { vpcId: string; subnetIds: readonly string[] } {
  if (!asked?.length) {
    const vpcId = ensureDefaultVpc(world).id;
    const subnets = [...world.ec2.subnets.values()].filter((subnet) => subnet.vpcId === vpcId);
    return { vpcId, subnetIds: subnets.slice(0, DEFAULT_SUBNETS).map(({ id }) => id) };
  }
  const vpcs = new Set(asked.map((id) => world.ec2.subnets.get(id)?.vpcId));
  const [vpcId] = vpcs;
  if (vpcId === undefined || vpcs.size > 1) {
    throw invalidValue(`The subnets [${asked.join(', ')}] do not exist, or are not all of one VPC.`);
  }
  return { vpcId, subnetIds: asked };
}

function majorVersion(engine: Engine, asked?: string): string {
  const newest = Object.keys(VERSIONS[engine]).at(-1) ?? '';
  const version = asked ?? newest;
  if (!(version in VERSIONS[engine])) {
    throw invalidCombination(`There is no version ${version} of ${engine} for serverless caches`);
  }
  return version;
}

/** https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Scaling.html: 1 to 5,000 GB, 1,000 to 15,000,000 ECPUs a second. */
function checkedLimits(limits: CacheUsageLimits | undefined): CacheUsageLimits | undefined {
  const { DataStorage: storage, ECPUPerSecond: work } = limits ?? {};
  checkRange('DataStorage', storage, [1, 5000]);
  checkRange('ECPUPerSecond', work, [1000, 15_000_000]);
  if (storage && storage.Unit !== 'GB') {
    throw invalidValue(`The unit of DataStorage must be GB, not ${storage.Unit ?? ''}`);
  }
  return limits;
}

function checkRange(
  name: string,
  { Minimum, Maximum }: { Minimum?: number | undefined; Maximum?: number | undefined } = {},
  [least, most]: readonly [number, number],
): void {
  const wrong = [Minimum, Maximum].find((value) => value !== undefined && (value < least || value > most));
  if (wrong !== undefined) {
    throw invalidValue(`${name} must be between ${least} and ${most}, not ${wrong}`);
  }
  if (Minimum !== undefined && Maximum !== undefined && Minimum > Maximum) {
    throw invalidValue(`The minimum of ${name} must not be above its maximum`);
  }
}

/** It becomes available, and what was asked for is so then. */
function settle(world: World, cache: ServerlessCache, apply: () => void): void {
  cache.cancelTransition();
  cache.cancelTransition = world.clock.after(world.durations.serverlessCacheSettled, () => {
    apply();
    cache.status = 'available';
  });
}

function requireAvailable({ name, status }: ServerlessCache): void {
  if (status !== 'available') {
    throw new Refusal('InvalidServerlessCacheStateFault', `Serverless cache ${name} is ${status}, not available.`);
  }
}

function describe(world: World, input: DescribeServerlessCachesRequest): DescribeServerlessCachesResponse {
  const { ServerlessCacheName: name, MaxResults = PAGE, NextToken } = input;
  const { serverlessCaches: all } = world.elasticache;
  const found = name === undefined ? [...all.values()] : [serverlessCacheNamed(world, name)];
  const refuseToken = (): never => {
    throw invalidValue('Invalid NextToken.');
  };
  const { items, nextToken } = pageOf(found, { limit: MaxResults, token: NextToken, refuseToken });
  return { ServerlessCaches: items.map(view), NextToken: nextToken };
}

function modify(world: World, input: ModifyServerlessCacheRequest): ModifyServerlessCacheResponse {
  const cache = serverlessCacheNamed(world, input.ServerlessCacheName ?? '');
  requireAvailable(cache);
  const change = { ...engineChange(cache, input), ...settingsChange(world, cache, input) };
  cache.status = 'modifying';
  settle(world, cache, () => Object.assign(cache, change));
  return { ServerlessCache: view(cache) };
}

function engineChange(
  cache: ServerlessCache,
  { Engine, MajorEngineVersion }: ModifyServerlessCacheRequest,
): Partial<ServerlessCache> {
  const engine = engineNamed(Engine ?? cache.engine);
  if (engine === 'redis' && cache.engine === 'valkey') {
    throw invalidCombination('A cache of valkey cannot become one of redis');
  }
  const isSame = engine === cache.engine && MajorEngineVersion === undefined;
  return { engine, majorVersion: isSame ? cache.majorVersion : majorVersion(engine, MajorEngineVersion) };
}

function settingsChange(
  world: World,
  cache: ServerlessCache,
  input: ModifyServerlessCacheRequest,
): Partial<ServerlessCache> {
  const vpcId = world.ec2.subnets.get(cache.subnetIds[0] ?? '')?.vpcId ?? '';
  return {
    description: input.Description ?? cache.description,
    limits: checkedLimits(input.CacheUsageLimits) ?? cache.limits,
    securityGroupIds: input.SecurityGroupIds
      ? securityGroupsIn(world, vpcId, input.SecurityGroupIds)
      : cache.securityGroupIds,
    snapshotRetentionDays: checkRetention(input.SnapshotRetentionLimit ?? cache.snapshotRetentionDays),
    dailySnapshotTime: input.DailySnapshotTime ?? cache.dailySnapshotTime,
  };
}

function remove(
  world: World,
  { ServerlessCacheName = '' }: DeleteServerlessCacheRequest,
): DeleteServerlessCacheResponse {
  const cache = serverlessCacheNamed(world, ServerlessCacheName);
  requireAvailable(cache);
  cache.status = 'deleting';
  cache.cancelTransition();
  cache.cancelTransition = world.clock.after(world.durations.serverlessCacheDeleted, () => {
    world.elasticache.serverlessCaches.delete(cache.name);
    world.tagIndex.remove(cache.arn);
  });
  return { ServerlessCache: view(cache) };
}

function view(cache: ServerlessCache): ServerlessCacheView {
  return {
    ServerlessCacheName: cache.name,
    ARN: cache.arn,
    Description: cache.description,
    CreateTime: cache.createdAt,
    Status: cache.status,
    Engine: cache.engine,
    MajorEngineVersion: cache.majorVersion,
    FullEngineVersion: VERSIONS[cache.engine][cache.majorVersion],
    CacheUsageLimits: cache.limits,
    KmsKeyId: cache.kmsKeyId,
    SecurityGroupIds: [...cache.securityGroupIds],
    SubnetIds: [...cache.subnetIds],
    SnapshotRetentionLimit: cache.snapshotRetentionDays,
    DailySnapshotTime: cache.dailySnapshotTime,
    ...(cache.status !== 'creating' && {
      Endpoint: { Address: cache.endpoint, Port: PORT },
      ReaderEndpoint: { Address: cache.endpoint, Port: READER_PORT },
    }),
  };
}

export function serverlessCacheHandlers(world: World): Record<string, Handler> {
  return {
    CreateServerlessCache: (input: CreateServerlessCacheRequest) => create(world, input),
    DescribeServerlessCaches: (input: DescribeServerlessCachesRequest) => describe(world, input),
    ModifyServerlessCache: (input: ModifyServerlessCacheRequest) => modify(world, input),
    DeleteServerlessCache: (input: DeleteServerlessCacheRequest) => remove(world, input),
  };
}
