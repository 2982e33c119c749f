import { expect, it } from '@jest/globals';
import { describeWithAwsCli, runAwsCli } from '../../../support/aws-cli.ts';
import { startPreview } from '../data-plane/preview.ts';

const CLI_TIMEOUT_MS = 60_000;

describeWithAwsCli('the AWS CLI and Application Auto Scaling', () => {
  it(
    'register a service, track its CPU, and deregister it',
    async () => {
      const { aws, run } = await startPreview();
      await run(1);
      const of =
        '--service-namespace ecs --resource-id service/previews/pr-7-api --scalable-dimension ecs:service:DesiredCount';
      const cli = async (line: string) =>
        await runAwsCli(aws.url, ['application-autoscaling', ...line.trim().split(/\s+/)]);

      expect(
        (await cli(`register-scalable-target ${of} --min-capacity 2 --max-capacity 6 --tags Team=ours`)).json,
      ).toEqual({
        ScalableTargetARN: expect.stringContaining(':scalable-target/'),
      });
      const policy = `--policy-name cpu --policy-type TargetTrackingScaling --target-tracking-scaling-policy-configuration`;
      const metric = 'PredefinedMetricSpecification={PredefinedMetricType=ECSServiceAverageCPUUtilization}';
      expect((await cli(`put-scaling-policy ${of} ${policy} TargetValue=60,${metric}`)).json).toMatchObject({
        Alarms: [
          { AlarmName: expect.stringContaining('-AlarmHigh-') },
          { AlarmName: expect.stringContaining('-AlarmLow-') },
        ],
      });
      expect((await cli('describe-scaling-policies --service-namespace ecs')).json).toMatchObject({
        ScalingPolicies: [{ PolicyName: 'cpu', TargetTrackingScalingPolicyConfiguration: { TargetValue: 60 } }],
      });
      expect((await cli(`deregister-scalable-target ${of}`)).exitCode).toBe(0);
      expect((await cli(`deregister-scalable-target ${of}`)).stderr).toContain('(ObjectNotFoundException)');
    },
    CLI_TIMEOUT_MS,
  );
});
