import type { DescribeAccountLimitsOutput } from '@aws-sdk/client-elastic-load-balancing-v2';

/** Default quotas of an account in a Region (Elastic Load Balancing quotas). */
export const quotas = {
  'application-load-balancers': 50,
  'target-groups': 3000,
  'targets-per-application-load-balancer': 1000,
  'listeners-per-application-load-balancer': 50,
  /** Default rules are not counted. */
  'rules-per-application-load-balancer': 100,
  /** Fixed: AWS does not raise this one. */
  'target-groups-per-application-load-balancer': 100,
  'target-groups-per-action-on-application-load-balancer': 5,
  'targets-per-target-group': 1000,
  /** Default certificates are not counted. */
  'certificates-per-application-load-balancer': 25,
  'condition-values-per-alb-rule': 5,
  'condition-wildcards-per-alb-rule': 6,
} as const;

export function describeAccountLimits(): DescribeAccountLimitsOutput {
  return { Limits: Object.entries(quotas).map(([Name, max]) => ({ Name, Max: String(max) })) };
}
