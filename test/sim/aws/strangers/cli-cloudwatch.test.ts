import { expect, it } from '@jest/globals';
import { describeWithAwsCli, runAwsCli } from '../../../support/aws-cli.ts';
import { startSteppedAws } from '../../../support/aws-simulator.ts';

const CLI_TIMEOUT_MS = 60_000;

describeWithAwsCli('the AWS CLI and CloudWatch', () => {
  it(
    'make alarms, set one off, see the composite one follow, and read what is wrong with a dashboard',
    async () => {
      const { aws } = await startSteppedAws();
      const cli = async (line: string) => await runAwsCli(aws.url, ['cloudwatch', ...line.trim().split(/\s+/)]);

      await cli(
        `put-metric-alarm --alarm-name cpu --namespace AWS/ECS --metric-name CPUUtilization --statistic Average
         --period 60 --evaluation-periods 3 --threshold 80 --comparison-operator GreaterThanThreshold
         --dimensions Name=ClusterName,Value=main --tags Key=Team,Value=ours`,
      );
      expect((await cli('put-composite-alarm --alarm-name platform --alarm-rule ALARM(cpu)')).exitCode).toBe(0);
      expect((await cli('set-alarm-state --alarm-name cpu --state-value ALARM --state-reason test')).exitCode).toBe(0);
      expect(
        (await cli('describe-alarms --alarm-types MetricAlarm CompositeAlarm --state-value ALARM')).json,
      ).toMatchObject({
        MetricAlarms: [{ AlarmName: 'cpu', Threshold: 80, Dimensions: [{ Name: 'ClusterName', Value: 'main' }] }],
        CompositeAlarms: [{ AlarmName: 'platform', AlarmRule: 'ALARM(cpu)' }],
      });
      expect((await cli('delete-alarms --alarm-names cpu')).stderr).toContain('(ValidationError)');
      const wrong = await cli('put-dashboard --dashboard-name main --dashboard-body {}');
      expect(wrong.stderr).toContain('(InvalidParameterInput)');
      expect(wrong.stderr).toContain('The dashboard body is invalid');
      expect((await cli('get-dashboard --dashboard-name main')).stderr).toContain('(ResourceNotFound)');
    },
    CLI_TIMEOUT_MS,
  );
});
