import {
  CloudWatchClient,
  DescribeAlarmsCommand,
  GetDashboardCommand,
  ListTagsForResourceCommand,
  PutMetricAlarmCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-cloudwatch';
import { AwsJson1_0Protocol, AwsQueryProtocol } from '@aws-sdk/core/protocols';
import { describe, expect, it } from '@jest/globals';
import { SmithyRpcV2CborProtocol } from '@smithy/core/cbor';
import { startSteppedAws } from '../../../support/aws-simulator.ts';

describe.each([
  { name: 'forms, as older clients do', protocol: AwsQueryProtocol },
  { name: 'JSON', protocol: AwsJson1_0Protocol },
  { name: 'CBOR', protocol: SmithyRpcV2CborProtocol },
])('a client that speaks $name', ({ protocol }) => {
  it('makes an alarm, reads it, untags it, and is told the same of what is missing', async () => {
    const { aws, client } = await startSteppedAws();
    const cloudwatch = new CloudWatchClient({ ...client, protocol });
    const alarm = {
      AlarmName: 'cpu <&>',
      Namespace: 'AWS/ECS',
      MetricName: 'CPUUtilization',
      Dimensions: [{ Name: 'ClusterName', Value: 'main' }],
      Statistic: 'Average' as const,
      Period: 60,
      EvaluationPeriods: 3,
      Threshold: 79.5,
      ComparisonOperator: 'GreaterThanThreshold' as const,
    };
    const Tags = [
      { Key: 'Name', Value: 'cpu' },
      { Key: 'Team', Value: 'ours' },
    ];
    await cloudwatch.send(new PutMetricAlarmCommand({ ...alarm, Tags }));
    const { MetricAlarms = [] } = await cloudwatch.send(new DescribeAlarmsCommand({ AlarmNames: ['cpu <&>'] }));
    expect(MetricAlarms).toMatchObject([
      { ...alarm, ActionsEnabled: true, StateUpdatedTimestamp: aws.world.clock.now() },
    ]);
    const ResourceARN = MetricAlarms[0]?.AlarmArn;
    await cloudwatch.send(new UntagResourceCommand({ ResourceARN, TagKeys: ['Team'] }));
    expect((await cloudwatch.send(new ListTagsForResourceCommand({ ResourceARN }))).Tags).toEqual(Tags.slice(0, 1));
    const missing = cloudwatch.send(new GetDashboardCommand({ DashboardName: 'none' }));
    await expect(missing).rejects.toMatchObject({
      message: 'Dashboard none does not exist',
      $metadata: { httpStatusCode: 404 },
    });
  });
});
