import { CloudWatchLogsClient, CreateLogGroupCommand, DeleteLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs';
import { DescribeClustersCommand, ECSClient, RegisterTaskDefinitionCommand } from '@aws-sdk/client-ecs';
import {
  type Action,
  CreateRuleCommand,
  DescribeRulesCommand,
  ElasticLoadBalancingV2Client,
  ModifyRuleCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { DescribeDBClustersCommand, RDSClient } from '@aws-sdk/client-rds';
import { ListResourceRecordSetsCommand, Route53Client } from '@aws-sdk/client-route-53';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { startSteppedAws } from '../../../support/aws-simulator.ts';

let simulator: Awaited<ReturnType<typeof startSteppedAws>>;

beforeEach(async () => {
  simulator = await startSteppedAws();
});

function allow(...statements: object[]): void {
  const Statement = statements.map((statement) => ({ Effect: 'Allow', Resource: '*', ...statement }));
  simulator.aws.authorisation.enforce('worker', [JSON.stringify({ Version: '2012-10-17', Statement })]);
}

const options = () => ({ ...simulator.client, credentials: { accessKeyId: 'worker', secretAccessKey: 'x' } });

describe('an access key that a policy is given for', () => {
  it.each([
    {
      words: 'RDS, on everything that is listed',
      ask: async () => await new RDSClient(options()).send(new DescribeDBClustersCommand({})),
      name: 'AccessDenied',
      status: 403,
      message:
        /perform: rds:DescribeDBClusters on resource: arn:aws:rds:eu-west-1:123456789012:cluster:\* because no identity-based policy allows the rds:DescribeDBClusters action$/,
    },
    {
      words: 'Elastic Load Balancing, which knows no resource here',
      ask: async () => await new ElasticLoadBalancingV2Client(options()).send(new DescribeRulesCommand({})),
      name: 'AccessDenied',
      status: 403,
      message: /perform: elasticloadbalancing:DescribeRules because no identity-based policy allows/,
    },
    {
      words: 'Route 53',
      ask: async () =>
        await new Route53Client(options()).send(new ListResourceRecordSetsCommand({ HostedZoneId: 'Z1' })),
      name: 'AccessDenied',
      status: 403,
      message: /route53:ListResourceRecordSets on resource: arn:aws:route53:::hostedzone\/Z1/,
    },
    {
      words: 'CloudWatch Logs, by the streams of a group',
      ask: async () =>
        await new CloudWatchLogsClient(options()).send(new CreateLogGroupCommand({ logGroupName: '/a' })),
      name: 'AccessDeniedException',
      status: 400,
      message: /logs:CreateLogGroup on resource: arn:aws:logs:eu-west-1:123456789012:log-group:\/a:log-stream:/,
    },
  ])('is denied in the words of $words', async ({ ask, name, status, message }) => {
    allow({ Action: 'sqs:SendMessage' });

    await expect(ask()).rejects.toMatchObject({
      name,
      message: expect.stringMatching(message),
      $metadata: { httpStatusCode: status },
    });
  });

  it('is allowed what its policy says, and nothing is done of what it does not say', async () => {
    const logs = new CloudWatchLogsClient(options());
    allow({ Action: ['logs:CreateLogGroup', 'logs:TagResource'] });
    await logs.send(new CreateLogGroupCommand({ logGroupName: '/a', tags: { Owner: 'me' } }));
    await expect(logs.send(new DeleteLogGroupCommand({ logGroupName: '/a' }))).rejects.toThrow(/logs:DeleteLogGroup/);

    expect([...simulator.aws.world.logs.groups.keys()]).toEqual(['/a']);
  });

  it('needs a permission of its own for the tags that a creation brings', async () => {
    allow({ Action: 'logs:CreateLogGroup' });
    const create = new CreateLogGroupCommand({ logGroupName: '/b', tags: { Owner: 'me' } });

    await expect(new CloudWatchLogsClient(options()).send(create)).rejects.toThrow(/logs:TagResource on resource/);
  });

  it('is judged by the tags as they stand', async () => {
    const logs = new CloudWatchLogsClient(options());
    const owner = new CloudWatchLogsClient(simulator.client);
    allow({ Action: 'logs:DeleteLogGroup', Condition: { StringEquals: { 'aws:ResourceTag/Owner': 'me' } } });
    await owner.send(new CreateLogGroupCommand({ logGroupName: '/mine', tags: { Owner: 'me' } }));
    await owner.send(new CreateLogGroupCommand({ logGroupName: '/theirs', tags: { Owner: 'them' } }));
    await logs.send(new DeleteLogGroupCommand({ logGroupName: '/mine' }));

    await expect(logs.send(new DeleteLogGroupCommand({ logGroupName: '/theirs' }))).rejects.toThrow(/not authorized/);
  });

  it('passes a role only where it may', async () => {
    allow({ Action: 'ecs:RegisterTaskDefinition' });
    const register = new RegisterTaskDefinitionCommand({
      family: 'api',
      executionRoleArn: 'arn:aws:iam::123456789012:role/execution',
      containerDefinitions: [{ name: 'api', image: 'api', memory: 64 }],
    });

    await expect(new ECSClient(options()).send(register)).rejects.toThrow(
      /iam:PassRole on resource: arn:aws:iam::123456789012:role\/execution/,
    );
  });

  it('looks at a user pool where a rule asks people to sign in, and only there', async () => {
    const elb = new ElasticLoadBalancingV2Client(options());
    const id = 'app/shared/0123456789abcdef/0123456789abcdef';
    const arn = (kind: string) => `arn:aws:elasticloadbalancing:eu-west-1:123456789012:${kind}`;
    const UserPoolArn = 'arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_AbC';
    const pool = { UserPoolArn, UserPoolClientId: '1example', UserPoolDomain: 'people' };
    const Actions: Action[] = [{ Type: 'authenticate-cognito', AuthenticateCognitoConfig: pool }];
    const create = { ListenerArn: arn(`listener/${id}`), Priority: 1, Conditions: [] };
    const change = { RuleArn: arn(`listener-rule/${id}/0123456789abcdef`) };
    const isDenied = {
      message: expect.stringContaining(`cognito-idp:DescribeUserPoolClient on resource: ${UserPoolArn}`),
    };
    allow({ Action: 'elasticloadbalancing:*' });

    await expect(elb.send(new CreateRuleCommand({ ...create, Actions }))).rejects.toMatchObject(isDenied);
    await expect(elb.send(new ModifyRuleCommand({ ...change, Actions }))).rejects.toMatchObject(isDenied);
    await expect(elb.send(new ModifyRuleCommand({ ...change, Actions: [] }))).rejects.not.toMatchObject(isDenied);
    await expect(elb.send(new CreateRuleCommand({ ...create, Actions: [] }))).rejects.not.toMatchObject(isDenied);
  });

  it('is told of an explicit deny', async () => {
    allow({ Action: '*' }, { Effect: 'Deny', Action: 'rds:*' });

    await expect(new RDSClient(options()).send(new DescribeDBClustersCommand({}))).rejects.toThrow(
      /with an explicit deny in an identity-based policy$/,
    );
  });

  it('may always ask who it is', async () => {
    allow({ Action: 'sqs:SendMessage' });

    expect((await new STSClient(options()).send(new GetCallerIdentityCommand({}))).Account).toBe('123456789012');
  });

  it('is not judged by a guess: an operation whose resources are not known here fails', async () => {
    allow({ Action: '*' });
    const ask = new DescribeClustersCommand({ clusters: ['main'] });

    await expect(new ECSClient({ ...options(), maxAttempts: 1 }).send(ask)).rejects.toMatchObject({
      name: 'InternalFailure',
    });
    expect(simulator.aws.requestLog.calls().at(-1)?.stack).toMatch(
      /does not know which resources ecs:DescribeClusters/,
    );
  });
});

describe('an access key that no policy is given for', () => {
  it('may do everything', async () => {
    allow({ Action: 'sqs:SendMessage' });

    await expect(new RDSClient(simulator.client).send(new DescribeDBClustersCommand({}))).resolves.toBeDefined();
  });
});
