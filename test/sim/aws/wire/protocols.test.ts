import { describe, expect, it } from '@jest/globals';
import { startSteppedAws } from '../../../support/aws-simulator.ts';

/** Requests that no SDK sends but that reach a service all the same. */
async function start() {
  const { aws } = await startSteppedAws();
  async function ask(service: string, options: { path?: string; method?: string; target?: string; body?: string }) {
    const { path = '/', method = 'POST', target, body } = options;
    const headers = {
      authorization: `AWS4-HMAC-SHA256 Credential=local/20261120/eu-west-1/${service}/aws4_request, SignedHeaders=host`,
      'content-type': 'application/x-www-form-urlencoded',
      ...(target === undefined ? {} : { 'x-amz-target': target }),
    };
    const answer = await fetch(`${aws.url}${path}`, { method, headers, ...(body === undefined ? {} : { body }) });
    return { status: answer.status, body: await answer.text(), requestId: answer.headers.get('x-amzn-requestid') };
  }
  return { aws, ask };
}

describe('the form protocols', () => {
  it('take list members by the name of their shape and by .member.', async () => {
    const { aws, ask } = await start();
    const tags = (name: string) => `Tags.${name}.1.Key=Team&Tags.${name}.1.Value=data`;
    const action = 'Action=AddTagsToResource&Version=2014-10-31&ResourceName=arn:aws:rds:eu-west-1:1:cluster:none';
    await ask('rds', { body: `${action}&${tags('Tag')}` });
    await ask('rds', { body: `${action}&${tags('member')}` });
    const inputs = aws.requestLog.of('rds').map(({ input }) => input['Tags']);
    expect(inputs).toEqual([[{ Key: 'Team', Value: 'data' }], [{ Key: 'Team', Value: 'data' }]]);
  });

  it('take a query string for a form', async () => {
    const { ask } = await start();
    const answer = await ask('sts', { method: 'GET', path: '/?Action=GetCallerIdentity&Version=2011-06-15' });
    expect(answer.body).toContain('<Account>123456789012</Account>');
  });

  it('say in XML what is missing, unknown and refused, with the id of the request', async () => {
    const { aws, ask } = await start();
    const missing = await ask('rds', { body: 'Action=DeleteDBCluster&Version=2014-10-31' });
    expect(missing.status).toBe(400);
    expect(missing.body).toContain('<Code>MissingParameter</Code>');
    expect(missing.body).toContain(`<RequestId>${missing.requestId}</RequestId>`);
    const unknown = await ask('rds', { body: 'Action=Explode&Version=2014-10-31' });
    expect(unknown.body).toContain('<Code>InvalidAction</Code>');
    const ec2 = await ask('ec2', { body: 'Action=DescribeVpcs&VpcId.1=vpc-0' });
    expect(ec2.body).toMatch(/^<Response><Errors><Error>.*<Code>InvalidVpcID\.NotFound<\/Code>.*<\/Errors><RequestID>/);
    expect(aws.requestLog.calls().map(({ operation, outcome }) => [operation, outcome])).toEqual([
      ['DeleteDBCluster', 'MissingParameter'],
      ['Explode', 'InvalidAction'],
      ['DescribeVpcs', 'InvalidVpcID.NotFound'],
    ]);
  });

  it('know an unsigned call of STS', async () => {
    const { aws } = await start();
    const body = new URLSearchParams({ Action: 'AssumeRoleWithWebIdentity', Version: '2011-06-15' });
    const answer = await fetch(aws.url, { method: 'POST', body });
    expect(await answer.text()).toContain('<ErrorResponse');
    expect(aws.requestLog.count('sts', 'AssumeRoleWithWebIdentity')).toBe(1);
  });
});

describe('a value of the wrong kind', () => {
  it.each([
    ['rds', 'Action=DescribeDBClusters&MaxRecords=many', "'many' is not a number"],
    ['rds', 'Action=DescribeDBClusters&MaxRecords=', "'' is not a number"],
    [
      'rds',
      'Action=DeleteDBCluster&DBClusterIdentifier=a&SkipFinalSnapshot=maybe',
      "'maybe' is neither true nor false",
    ],
    ['rds', 'Action=RestoreDBClusterToPointInTime&DBClusterIdentifier=a&RestoreToTime=noon', "'noon' is not a time"],
    ['ec2', 'Action=DescribeVpcs&MaxResults=many', "'many' is not a number"],
  ])('in a form of %s is an invalid parameter: %s', async (service, body, message) => {
    const { ask } = await start();
    const answer = await ask(service, { body });
    expect(answer.status).toBe(400);
    expect(answer.body).toContain(`<Code>InvalidParameterValue</Code><Message>${message}</Message>`);
  });

  it.each([
    ['ListClusters', '[]', 'the body must be an object'],
    ['ListClusters', '{"maxResults":"many"}', 'maxResults must be a number'],
    ['CreateCluster', '{"clusterName":5}', 'clusterName must be a string'],
    ['DescribeServices', '{"services":"api"}', 'services must be a list'],
    [
      'RegisterTaskDefinition',
      '{"family":"a","containerDefinitions":[{"environment":[{"name":1}]}]}',
      'containerDefinitions[0].environment[0].name must be a string',
    ],
    ['RegisterTaskDefinition', '{"containerDefinitions":[null]}', 'containerDefinitions[0] must be an object'],
    [
      'RegisterTaskDefinition',
      '{"containerDefinitions":[{"dockerLabels":{"a":1}}]}',
      'containerDefinitions[0].dockerLabels.a must be a string',
    ],
    ['DeleteService', '{"service":"a","force":"yes"}', 'force must be true or false'],
  ])('in the JSON of %s %s is no message', async (operation, body, message) => {
    const { ask } = await start();
    const answer = await ask('ecs', { target: `AmazonEC2ContainerServiceV20141113.${operation}`, body });
    expect([answer.status, JSON.parse(answer.body)]).toEqual([400, { __type: 'SerializationException', message }]);
  });

  it('in a path is malformed', async () => {
    const { ask } = await start();
    const answer = await ask('route53', { method: 'GET', path: '/2013-04-01/hostedzone/%E0%A4%A' });
    expect(answer.status).toBe(400);
    expect(answer.body).toContain('<Code>MalformedInput</Code>');
  });
});

describe('the JSON protocol', () => {
  it('answers a body that is no JSON and an unknown target with errors of its own', async () => {
    const { aws, ask } = await start();
    const target = 'AmazonEC2ContainerServiceV20141113';
    const broken = await ask('ecs', { target: `${target}.ListClusters`, body: '{"maxResults": ' });
    expect([broken.status, JSON.parse(broken.body)]).toMatchObject([400, { __type: 'SerializationException' }]);
    const unknown = await ask('ecs', { target: `${target}.Explode`, body: '{}' });
    expect(JSON.parse(unknown.body)).toMatchObject({ __type: 'UnknownOperationException' });
    const ofAnother = await ask('ecs', { target: 'AmazonSSM.ListTagsForResource', body: '{}' });
    expect(JSON.parse(ofAnother.body)).toMatchObject({ __type: 'UnknownOperationException' });
    const bare = await ask('ecs', { target: 'ListClusters', body: '{}' });
    expect(JSON.parse(bare.body)).toMatchObject({ __type: 'UnknownOperationException' });
    expect(aws.requestLog.of('ecs').map(({ outcome }) => outcome)).toEqual([
      'SerializationException',
      'UnknownOperationException',
      'UnknownOperationException',
      'UnknownOperationException',
    ]);
  });
});

describe('an error of a service that once spoke the query protocol', () => {
  it('has the status of JSON, whatever its model says of the form', async () => {
    const { aws, ask } = await start();
    const missing = await ask('ssm', { target: 'AmazonSSM.GetParameter', body: '{"Name":"/none"}' });
    expect([missing.status, JSON.parse(missing.body)]).toMatchObject([400, { __type: 'ParameterNotFound' }]);
    expect(aws.requestLog.of('ssm')[0]?.outcome).toBe('ParameterNotFound');
  });
});

describe('the REST protocol', () => {
  it('answers a path of no operation, and a body that is no XML', async () => {
    const { ask } = await start();
    const nowhere = await ask('route53', { method: 'GET', path: '/2013-04-01/nothing' });
    expect(nowhere.status).toBe(404);
    const broken = await ask('route53', { path: '/2013-04-01/hostedzone/Z1/rrset', body: '<ChangeResourceRecordSets' });
    expect(broken.status).toBe(400);
    expect(broken.body).toContain('<ErrorResponse><Error>');
  });
});

describe('a service that speaks JSON to new clients and forms to older ones', () => {
  it('answers each in its own, and tells new ones the older code of an error', async () => {
    const { aws, ask } = await start();
    const form = (text: string) => ({ body: `Version=2012-11-05&${text}` });
    const made = await ask(
      'sqs',
      form('Action=CreateQueue&QueueName=jobs&Attribute.1.Name=DelaySeconds&Attribute.1.Value=5'),
    );
    expect(made.body).toContain('<QueueUrl>https://sqs.eu-west-1.amazonaws.com/123456789012/jobs</QueueUrl>');
    const url = 'https://sqs.eu-west-1.amazonaws.com/123456789012';
    const read = await ask('sqs', form(`Action=GetQueueAttributes&QueueUrl=${url}/jobs&AttributeName.1=DelaySeconds`));
    expect(read.body).toContain('<Attribute><Name>DelaySeconds</Name><Value>5</Value></Attribute>');
    const refused = await ask('sqs', form(`Action=PurgeQueue&QueueUrl=${url}/none`));
    expect([refused.status, refused.body]).toEqual([
      400,
      expect.stringContaining('<Code>AWS.SimpleQueueService.NonExistentQueue</Code>'),
    ]);

    const headers = {
      authorization: 'AWS4-HMAC-SHA256 Credential=local/20261120/eu-west-1/sqs/aws4_request, SignedHeaders=host',
      'x-amz-target': 'AmazonSQS.PurgeQueue',
    };
    const answer = await fetch(aws.url, { method: 'POST', headers, body: JSON.stringify({ QueueUrl: `${url}/none` }) });
    expect(answer.headers.get('x-amzn-query-error')).toBe('AWS.SimpleQueueService.NonExistentQueue;Sender');
    expect(await answer.json()).toMatchObject({ __type: 'QueueDoesNotExist' });
    expect(answer.headers.get('content-type')).toBe('application/x-amz-json-1.0');
  });
});
