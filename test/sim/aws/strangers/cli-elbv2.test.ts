import { expect, it } from '@jest/globals';
import { describeWithAwsCli, runAwsCli } from '../../../support/aws-cli.ts';
import { startWithLoadBalancer } from '../elbv2/shared-load-balancer.ts';

const CLI_TIMEOUT_MS = 60_000;

interface Printed {
  readonly TargetGroups?: readonly { readonly TargetGroupArn: string }[];
  readonly Rules?: readonly { readonly RuleArn: string }[];
}

describeWithAwsCli('the AWS CLI and Elastic Load Balancing', () => {
  it(
    'put a target group behind a rule and take both away',
    async () => {
      const { aws, clock, vpcId, listenerArn } = await startWithLoadBalancer();
      const cli = async (line: string) => await runAwsCli(aws.url, ['elbv2', ...line.split(' ')]);
      const group = await cli(
        `create-target-group --name pr-7-api --protocol HTTP --port 8080 --vpc-id ${vpcId} --target-type ip --matcher HttpCode=200-499 --tags Key=Environment,Value=pr-7`,
      );
      const arn = (group.json as Printed).TargetGroups?.[0]?.TargetGroupArn ?? '';
      const rule = await cli(
        `create-rule --listener-arn ${listenerArn} --priority 10 --conditions Field=host-header,Values=api.pr-7.ephemeral.example --actions Type=forward,TargetGroupArn=${arn}`,
      );
      const ruleArn = (rule.json as Printed).Rules?.[0]?.RuleArn ?? '';
      await cli(`register-targets --target-group-arn ${arn} --targets Id=172.31.0.10,Port=8080`);

      expect((await cli(`describe-target-health --target-group-arn ${arn}`)).json).toMatchObject({
        TargetHealthDescriptions: [{ Target: { Id: '172.31.0.10', Port: 8080 }, TargetHealth: { State: 'initial' } }],
      });
      expect((await cli(`describe-tags --resource-arns ${arn}`)).json).toMatchObject({
        TagDescriptions: [{ Tags: [{ Key: 'Environment', Value: 'pr-7' }] }],
      });
      expect((await cli(`describe-rules --listener-arn ${listenerArn}`)).json).toMatchObject({
        Rules: [{ Priority: '10', Conditions: [{ Values: ['api.pr-7.ephemeral.example'] }] }, { Priority: 'default' }],
      });
      expect((await cli(`delete-target-group --target-group-arn ${arn}`)).stderr).toContain(
        `An error occurred (ResourceInUse) when calling the DeleteTargetGroup operation: Target group '${arn}' is currently in use by a listener or a rule`,
      );
      await cli(`delete-rule --rule-arn ${ruleArn}`);
      clock.advance(aws.world.durations.targetGroupReleased);
      expect((await cli(`delete-target-group --target-group-arn ${arn}`)).exitCode).toBe(0);
    },
    CLI_TIMEOUT_MS,
  );

  it(
    'wait for a load balancer to be there and read the code of what is missing',
    async () => {
      const { aws } = await startWithLoadBalancer();
      const cli = async (line: string) => await runAwsCli(aws.url, ['elbv2', ...line.split(' ')]);
      expect((await cli('wait load-balancer-available --names shared')).exitCode).toBe(0);
      expect((await cli('describe-target-groups --names pr-8-api')).stderr).toContain(
        'An error occurred (TargetGroupNotFound) when calling the DescribeTargetGroups operation: One or more target groups not found',
      );
    },
    CLI_TIMEOUT_MS,
  );
});
