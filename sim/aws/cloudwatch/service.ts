import * as sdk from '@aws-sdk/client-cloudwatch';
import type { ServiceDefinition } from '../wire/service.ts';
import type { World } from '../world.ts';
import { deleteAlarms, setAlarmState, switchActions } from './change-alarms.ts';
import { putCompositeAlarm } from './composite-alarms.ts';
import { dashboardHandlers } from './dashboards.ts';
import { describeAlarmHistory, describeAlarms, describeAlarmsForMetric } from './describe-alarms.ts';
import { putMetricAlarm } from './metric-alarms.ts';
import { listMetrics, putMetricData } from './metrics.ts';
import { getMetricData, getMetricStatistics } from './statistics.ts';
import { tagHandlers } from './tags.ts';

/** Alarms, dashboards and metrics. Old clients speak forms to it, newer ones JSON or CBOR. */
export function cloudWatchService(world: World): ServiceDefinition {
  return {
    signingName: 'monitoring',
    protocol: 'json',
    jsonVersion: '1.0',
    targetPrefix: 'GraniteServiceVersion20100801',
    speaksQueryToo: true,
    speaksCborToo: true,
    xmlNamespace: 'http://monitoring.amazonaws.com/doc/2010-08-01/',
    missingMemberCode: 'MissingParameter',
    sdk,
    handlers: {
      PutMetricAlarm: (input: sdk.PutMetricAlarmInput) => putMetricAlarm(world, input),
      PutCompositeAlarm: (input: sdk.PutCompositeAlarmInput) => putCompositeAlarm(world, input),
      DescribeAlarms: (input: sdk.DescribeAlarmsInput) => describeAlarms(world, input),
      DescribeAlarmsForMetric: (input: sdk.DescribeAlarmsForMetricInput) => describeAlarmsForMetric(world, input),
      DescribeAlarmHistory: (input: sdk.DescribeAlarmHistoryInput) => describeAlarmHistory(world, input),
      DeleteAlarms: (input: sdk.DeleteAlarmsInput) => deleteAlarms(world, input),
      SetAlarmState: (input: sdk.SetAlarmStateInput) => setAlarmState(world, input),
      EnableAlarmActions: (input: sdk.EnableAlarmActionsInput) => switchActions(world, input, true),
      DisableAlarmActions: (input: sdk.DisableAlarmActionsInput) => switchActions(world, input, false),
      PutMetricData: (input: sdk.PutMetricDataInput) => putMetricData(world, input),
      ListMetrics: (input: sdk.ListMetricsInput) => listMetrics(world, input),
      GetMetricStatistics: (input: sdk.GetMetricStatisticsInput) => getMetricStatistics(world, input),
      GetMetricData: (input: sdk.GetMetricDataInput) => getMetricData(world, input),
      ...dashboardHandlers(world),
      ...tagHandlers(world),
    },
  };
}
