import { expect, it } from '@jest/globals';
import { describeWithAwsCli, runAwsCli } from '../../../support/aws-cli.ts';
import { startWithLoadBalancer } from '../elbv2/shared-load-balancer.ts';

const CLI_TIMEOUT_MS = 60_000;

describeWithAwsCli('the AWS CLI and the tagging API', () => {
  it(
    'find resources by their tags, change them and see which could not be',
    async () => {
      const { aws, clock, createTargetGroup } = await startWithLoadBalancer();
      const cli = async (line: string) => await runAwsCli(aws.url, ['resourcegroupstaggingapi', ...line.split(' ')]);
      const arn = await createTargetGroup({ Name: 'pr-7-api', Tags: [{ Key: 'Environment', Value: 'pr-7' }] });
      const gone = `${arn.replace('pr-7-api', 'pr-8-api')}`;
      const tagged = await cli(`tag-resources --resource-arn-list ${arn} ${gone} --tags EphemeralEnv=true`);
      clock.advance(aws.world.durations.tagIndexed);

      expect(tagged.json).toMatchObject({ FailedResourcesMap: { [gone]: { ErrorCode: 'InvalidParameterException' } } });
      expect(
        (await cli('get-resources --tag-filters Key=Environment,Values=pr-7 Key=EphemeralEnv,Values=true')).json,
      ).toEqual({
        ResourceTagMappingList: [
          {
            ResourceARN: arn,
            Tags: [
              { Key: 'Environment', Value: 'pr-7' },
              { Key: 'EphemeralEnv', Value: 'true' },
            ],
          },
        ],
      });
      expect((await cli('get-tag-values --key Environment')).json).toMatchObject({ TagValues: ['pr-7'] });
    },
    CLI_TIMEOUT_MS,
  );
});
