import type { Policy } from './state.ts';

const PREFIX = 'arn:aws:iam::aws:policy';
const MADE_AT = new Date('2015-02-06T18:40:58Z');

const writeLogs = ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'];

/** Path and name -> actions on every resource (AWS Managed Policy Reference). Ids and dates are made up. */
const actionsOf: Readonly<Record<string, readonly string[]>> = {
  '/AdministratorAccess': ['*'],
  '/service-role/AmazonECSTaskExecutionRolePolicy': [
    'ecr:GetAuthorizationToken',
    'ecr:BatchCheckLayerAvailability',
    'ecr:GetDownloadUrlForLayer',
    'ecr:BatchGetImage',
    'logs:CreateLogStream',
    'logs:PutLogEvents',
  ],
  '/service-role/AWSLambdaBasicExecutionRole': writeLogs,
  '/service-role/AWSLambdaVPCAccessExecutionRole': [
    ...writeLogs,
    'ec2:CreateNetworkInterface',
    'ec2:DescribeNetworkInterfaces',
    'ec2:DescribeSubnets',
    'ec2:DeleteNetworkInterface',
    'ec2:AssignPrivateIpAddresses',
    'ec2:UnassignPrivateIpAddresses',
  ],
  '/service-role/AWSLambdaSQSQueueExecutionRole': [
    'sqs:ReceiveMessage',
    'sqs:DeleteMessage',
    'sqs:GetQueueAttributes',
    ...writeLogs,
  ],
};

const policies: ReadonlyMap<string, Policy> = new Map(
  Object.entries(actionsOf).map(([pathAndName, actions], index) => {
    const policy = managed(pathAndName, actions, index);
    return [policy.arn, policy];
  }),
);

function managed(pathAndName: string, actions: readonly string[], index: number): Policy {
  const end = pathAndName.lastIndexOf('/') + 1;
  const document = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }],
  });
  return {
    id: `ANPA${String(index).padStart(17, 'A')}`,
    arn: `${PREFIX}${pathAndName}`,
    name: pathAndName.slice(end),
    path: pathAndName.slice(0, end),
    description: undefined,
    createdAt: MADE_AT,
    updatedAt: MADE_AT,
    versions: new Map([['v1', { id: 'v1', document, createdAt: MADE_AT }]]),
    defaultVersionId: 'v1',
    versionsMade: 1,
    tags: {},
  };
}

/** A policy that AWS manages, of the few that can be read here. */
export function policyOfAws(arn: string): Policy | undefined {
  return policies.get(arn);
}

export function policiesOfAws(): readonly Policy[] {
  return [...policies.values()];
}

/** AWS manages more than a thousand policies; any ARN of that form may be attached. */
export function isOfAws(arn: string): boolean {
  return /^arn:aws:iam::aws:policy\/[\x21-\x7e]+$/.test(arn);
}
