import { describe, expect, it } from '@jest/globals';
import { decide } from '../../../sim/aws/authorisation/decide.ts';
import { parsePolicy } from '../../../sim/aws/authorisation/policy.ts';
import { renderPolicy } from './render.ts';

const ACCOUNT = 'eu-west-1:123456789012';
const boundary = parsePolicy(
  await renderPolicy('task-boundary', {
    platform_only: JSON.stringify([
      'arn:aws:s3:::terraform-state',
      'arn:aws:s3:::terraform-state/*',
      `arn:aws:secretsmanager:${ACCOUNT}:secret:mayfly/*`,
      `arn:aws:ssm:${ACCOUNT}:parameter/mayfly/*`,
    ]),
  }),
);

/** What a task may do whose role allows everything. */
function may(action: string, resource = '*'): boolean {
  return decide(boundary, { action, resource, context: new Map() }).isAllowed;
}

describe('a task of an environment, whatever its role says,', () => {
  it.each([
    ['changes who may do what', ['iam:CreateUser', 'iam:PutRolePolicy', 'iam:PassRole', 'sts:AssumeRole']],
    ['touches an environment', ['ecs:UpdateService', 'rds:DeleteDBCluster', 'elasticloadbalancing:DeleteRule']],
    [
      'reads the source',
      ['rds:RestoreDBClusterToPointInTime', 'rds:CreateDBClusterSnapshot', 'rds:DescribeDBClusters'],
    ],
    ['writes a name', ['route53:ChangeResourceRecordSets', 'acm:RequestCertificate']],
    ['starts anything', ['ecs:RunTask', 'ec2:RunInstances', 'lambda:InvokeFunction', 'scheduler:CreateSchedule']],
    [
      'changes a secret, a parameter or a tag',
      ['secretsmanager:PutSecretValue', 'ssm:PutParameter', 'tag:TagResources'],
    ],
    ['opens a bucket', ['s3:PutBucketPolicy', 's3:PutBucketAcl', 's3:DeleteBucket', 's3:PutObjectAcl']],
    ['changes a pool of users', ['cognito-idp:DeleteUserPool', 'cognito-idp:UpdateUserPoolClient']],
  ])('never %s', (_, actions) => {
    expect(actions.filter((action) => may(action))).toEqual([]);
  });

  it('never reads the state, the secrets or the parameters of the platform itself', () => {
    expect(may('s3:GetObject', 'arn:aws:s3:::terraform-state/env:/pr-7/environment.tfstate')).toBe(false);
    expect(may('secretsmanager:GetSecretValue', `arn:aws:secretsmanager:${ACCOUNT}:secret:mayfly/github-AbCdEf`)).toBe(
      false,
    );
    expect(may('ssm:GetParametersByPath', `arn:aws:ssm:${ACCOUNT}:parameter/mayfly/platform`)).toBe(false);
  });

  // The agent of ECS Exec looks whether the group is encrypted, and refuses the session where it cannot see.
  // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html#ecs-exec-logging
  it('may have what a session of ECS Exec is logged with', () => {
    const wanted = ['CreateLogStream', 'DescribeLogGroups', 'DescribeLogStreams', 'PutLogEvents'];
    expect(wanted.filter((action) => !may(`logs:${action}`))).toEqual([]);
  });

  it("may have what the first users' services have", () => {
    const wanted = [
      'cognito-idp:AdminGetUser',
      'events:PutEvents',
      's3:GetObject',
      'sqs:ReceiveMessage',
      'ssm:GetParametersByPath',
    ];
    expect(wanted.filter((action) => !may(action))).toEqual([]);
    expect(may('secretsmanager:GetSecretValue', `arn:aws:secretsmanager:${ACCOUNT}:secret:DEVAPPPR-7-AbCdEf`)).toBe(
      true,
    );
  });
});
