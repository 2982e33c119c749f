import type {
  CreateLogGroupRequest,
  DeleteLogGroupRequest,
  DescribeLogGroupsRequest,
  DescribeLogGroupsResponse,
  LogGroup as LogGroupDescription,
  PutRetentionPolicyRequest,
} from '@aws-sdk/client-cloudwatch-logs';
import { pageOf } from '../paging.ts';
import { Refusal } from '../wire/refusal.ts';
import type { Handler } from '../wire/service.ts';
import type { World } from '../world.ts';
import { checkKey } from './encryption.ts';
import { groupNamed } from './lookup.ts';
import type { LogGroup } from './state.ts';
import { checkTags } from './tags.ts';

const retentions = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

function checkGroupName(name: string): void {
  if (name.length < 1 || name.length > 512 || !/^[.\-_/#A-Za-z0-9]+$/.test(name)) {
    throw new Refusal(
      'InvalidParameterException',
      `1 validation error detected: Value '${name}' at 'logGroupName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_/#A-Za-z0-9]+ and have length between 1 and 512`,
    );
  }
  if (name.startsWith('aws/')) {
    throw new Refusal('InvalidParameterException', 'Log groups starting with aws/ are reserved for AWS.');
  }
}

export function createLogGroup(
  world: World,
  { logGroupName, tags, logGroupClass, kmsKeyId }: CreateLogGroupRequest,
): LogGroup {
  const name = logGroupName ?? '';
  checkGroupName(name);
  checkTags(tags ?? {});
  if (world.logs.groups.has(name)) {
    throw new Refusal('ResourceAlreadyExistsException', 'The specified log group already exists');
  }
  const group: LogGroup = {
    name,
    arn: `arn:aws:logs:${world.region}:${world.accountId}:log-group:${name}`,
    createdAt: world.clock.now().getTime(),
    logGroupClass: logGroupClass ?? 'STANDARD',
    kmsKeyId: checkKey(kmsKeyId),
    retentionInDays: undefined,
    tags: { ...tags },
    streams: new Map(),
    metricFilters: new Map(),
  };
  world.logs.groups.set(name, group);
  world.tagIndex.put(group.arn, group.tags);
  return group;
}

function deleteLogGroup(world: World, { logGroupName }: DeleteLogGroupRequest): void {
  const group = groupNamed(world, logGroupName);
  world.logs.groups.delete(group.name);
  world.tagIndex.remove(group.arn);
}

function putRetentionPolicy(world: World, { logGroupName, retentionInDays }: PutRetentionPolicyRequest): void {
  const group = groupNamed(world, logGroupName);
  if (retentionInDays === undefined || !retentions.includes(retentionInDays)) {
    throw new Refusal(
      'InvalidParameterException',
      `1 validation error detected: Value '${retentionInDays}' at 'retentionInDays' failed to satisfy constraint: Member must satisfy enum value set: [${retentions.join(', ')}]`,
    );
  }
  group.retentionInDays = retentionInDays;
}

function describe(group: LogGroup): LogGroupDescription {
  let storedBytes = 0;
  for (const stream of group.streams.values()) {
    for (const { message } of stream.events) {
      storedBytes += Buffer.byteLength(message);
    }
  }
  return {
    logGroupName: group.name,
    creationTime: group.createdAt,
    kmsKeyId: group.kmsKeyId,
    retentionInDays: group.retentionInDays,
    metricFilterCount: group.metricFilters.size,
    arn: `${group.arn}:*`,
    logGroupArn: group.arn,
    storedBytes,
    logGroupClass: group.logGroupClass as LogGroupDescription['logGroupClass'],
  };
}

function describeLogGroups(world: World, input: DescribeLogGroupsRequest): DescribeLogGroupsResponse {
  const { logGroupNamePrefix: prefix, logGroupNamePattern: pattern, logGroupIdentifiers, limit = 50 } = input;
  if (prefix !== undefined && pattern !== undefined) {
    throw new Refusal(
      'InvalidParameterException',
      'LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.',
    );
  }
  if (limit < 1 || limit > 50) {
    throw new Refusal(
      'InvalidParameterException',
      `1 validation error detected: Value '${limit}' at 'limit' failed to satisfy constraint: Member must have value between 1 and 50`,
    );
  }
  const wanted = [...world.logs.groups.values()]
    .filter(({ name }) => prefix === undefined || name.startsWith(prefix))
    .filter(({ name }) => pattern === undefined || name.toLowerCase().includes(pattern.toLowerCase()))
    .filter(
      ({ name, arn }) => !logGroupIdentifiers?.length || [name, arn].some((id) => logGroupIdentifiers.includes(id)),
    )
    .toSorted((one, other) => (one.name < other.name ? -1 : 1));
  const { items, nextToken } = pageOf(wanted, {
    limit,
    token: input.nextToken,
    refuseToken() {
      throw new Refusal('InvalidParameterException', 'The specified nextToken is invalid.');
    },
  });
  return { logGroups: items.map(describe), nextToken };
}

export function logGroupHandlers(world: World): Record<string, Handler> {
  return {
    CreateLogGroup: (input: CreateLogGroupRequest) => {
      createLogGroup(world, input);
    },
    DeleteLogGroup: (input: DeleteLogGroupRequest) => deleteLogGroup(world, input),
    DescribeLogGroups: (input: DescribeLogGroupsRequest) => describeLogGroups(world, input),
    PutRetentionPolicy: (input: PutRetentionPolicyRequest) => putRetentionPolicy(world, input),
    DeleteRetentionPolicy: ({ logGroupName }: { logGroupName?: string }) => {
      groupNamed(world, logGroupName).retentionInDays = undefined;
    },
  };
}
