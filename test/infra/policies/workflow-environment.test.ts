import {
  CreateLogGroupCommand,
  DescribeLogGroupsCommand,
  TagResourceCommand as TagLogGroupCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import {
  DeregisterTaskDefinitionCommand,
  ListTaskDefinitionsCommand,
  RegisterTaskDefinitionCommand,
} from '@aws-sdk/client-ecs';
import { describe, expect, it } from '@jest/globals';
import { decide } from '../../../sim/aws/authorisation/decide.ts';
import { parsePolicy } from '../../../sim/aws/authorisation/policy.ts';
import { createAwsClients } from '../../../src/provision/aws/clients.ts';
import { createLeftovers } from '../../../tools/environment/leftovers.ts';
import { startSteppedAws } from '../../support/aws-simulator.ts';
import { LONG_VARIABLES } from './long-variables.ts';
import { renderPolicy } from './render.ts';

const document = await renderPolicy('workflow-environment', LONG_VARIABLES);
const policy = parsePolicy(document);
const platform = LONG_VARIABLES['name'] ?? '';
const ARN = 'arn:aws:logs:eu-west-1:123456789012:log-group:';
const OWN = { EphemeralEnv: 'true', ManagedBy: 'mayfly', Environment: 'payments' };
const place = { platform, name: 'payments' };

async function start() {
  const { aws, client } = await startSteppedAws({ rateLimits: false });
  const credentials = { accessKeyId: 'workflow', secretAccessKey: 'local' };
  aws.authorisation.enforce(credentials.accessKeyId, [document]);
  return { everything: createAwsClients(client), workflow: createAwsClients({ ...client, credentials }) };
}

describe("the policy of a workflow's environments", () => {
  it('lets Terraform ask for the states that its backend asks for, and keep those of environments alone', () => {
    const bucket = `arn:aws:s3:::${LONG_VARIABLES['state_bucket']}`;
    const may = (action: string, key: string): boolean =>
      decide(policy, { action, resource: `${bucket}/${key}`, context: new Map() }).isAllowed;
    const payments = 'environments/payments/environment.tfstate';
    // `terraform init` reads the workspace `default` before any other is selected.
    expect(may('s3:GetObject', 'environment.tfstate')).toBe(true);
    expect(may('s3:PutObject', 'environment.tfstate')).toBe(false);
    for (const action of ['s3:GetObject', 's3:PutObject', 's3:DeleteObject']) {
      expect([action, may(action, payments), may(action, `${payments}.tflock`)]).toEqual([action, true, true]);
      expect([action, may(action, 'live/nonprod/terraform.tfstate')]).toEqual([action, false]);
    }
    const listed = (prefix: string): boolean =>
      decide(policy, { action: 's3:ListBucket', resource: bucket, context: new Map([['s3:prefix', prefix]]) })
        .isAllowed;
    expect(['environments/', 'live/'].map(listed)).toEqual([true, false]);
  });

  it('lets it change one tag of what is tagged, such as the expiry, and of nothing else', async () => {
    const { everything, workflow } = await start();
    const [own, other] = [`/mayfly/${platform}/payments/web`, `/mayfly/${platform}/payments/late`];
    await everything.logs.send(new CreateLogGroupCommand({ logGroupName: own, tags: OWN }));
    await everything.logs.send(new CreateLogGroupCommand({ logGroupName: other }));
    const extend = async (name: string) =>
      await workflow.logs.send(
        new TagLogGroupCommand({ resourceArn: `${ARN}${name}`, tags: { TTL: '2026-12-02T09:00:00Z' } }),
      );

    await expect(extend(own)).resolves.toBeDefined();
    await expect(extend(other)).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });

  it('lets a removal clear what Terraform leaves: groups written anew, and deregistered revisions', async () => {
    const { everything, workflow } = await start();
    await everything.logs.send(new CreateLogGroupCommand({ logGroupName: `/mayfly/${platform}/payments/late` }));
    const { taskDefinition } = await everything.ecs.send(
      new RegisterTaskDefinitionCommand({
        family: `${platform}-payments-web`,
        containerDefinitions: [{ name: 'web', image: 'x:1' }],
        requiresCompatibilities: ['FARGATE'],
        networkMode: 'awsvpc',
        cpu: '256',
        memory: '512',
        tags: Object.entries(OWN).map(([key, value]) => ({ key, value })),
      }),
    );
    const revision = taskDefinition?.taskDefinitionArn;
    await everything.ecs.send(new DeregisterTaskDefinitionCommand({ taskDefinition: revision }));

    await createLeftovers(workflow).remove(place);

    const { logGroups } = await everything.logs.send(new DescribeLogGroupsCommand({}));
    const inactive = await everything.ecs.send(new ListTaskDefinitionsCommand({ status: 'INACTIVE' }));
    expect([logGroups, inactive.taskDefinitionArns]).toEqual([[], []]);
  });
});
