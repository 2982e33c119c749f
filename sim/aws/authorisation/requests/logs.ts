import type { CreateLogGroupRequest, GetLogEventsRequest } from '@aws-sdk/client-cloudwatch-logs';
import type { World } from '../../world.ts';
import { arnIn, type Need, type NeedsOf, type NeedsTable, taggedOnCreation } from '../need.ts';

/**
 * Tagging is judged on the ARN of the group itself, everything else on that of its streams.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/iam-access-control-overview-cwl.html#CWL_ARN_Format
 */
const group = (world: World, name = ''): string => arnIn(world, 'logs', `log-group:${name}`);
const streams = (world: World, name = ''): string => `${group(world, name)}:log-stream:`;

/** "To attach tags … you must have … logs:TagResource" (API reference, CreateLogGroup). */
function create(world: World, { logGroupName, tags }: CreateLogGroupRequest): Need[] {
  const requestTags = tags && Object.keys(tags).length > 0 ? tags : undefined;
  return [
    { action: 'logs:CreateLogGroup', resources: [streams(world, logGroupName)], requestTags },
    ...taggedOnCreation({ action: 'logs:TagResource', resources: [group(world, logGroupName)], requestTags }),
  ];
}

const onGroup =
  (action: string): NeedsOf =>
  (world, { logGroupName }) => [{ action: `logs:${action}`, resources: [streams(world, logGroupName)] }];

export const logsNeeds: NeedsTable = {
  CreateLogGroup: create,
  PutRetentionPolicy: onGroup('PutRetentionPolicy'),
  AssociateKmsKey: onGroup('AssociateKmsKey'),
  DisassociateKmsKey: onGroup('DisassociateKmsKey'),
  DeleteLogGroup: onGroup('DeleteLogGroup'),
  DescribeLogStreams: onGroup('DescribeLogStreams'),
  GetLogEvents: (world, { logGroupName, logStreamName }: GetLogEventsRequest) => [
    { action: 'logs:GetLogEvents', resources: [`${streams(world, logGroupName)}${logStreamName}`] },
  ],
  ListTagsForResource: (_world, { resourceArn = '' }) => [
    { action: 'logs:ListTagsForResource', resources: [resourceArn] },
  ],
  TagResource: (_world, { resourceArn = '', tags }) => [
    { action: 'logs:TagResource', resources: [resourceArn], requestTags: tags },
  ],
};
