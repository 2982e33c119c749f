import type { TargetHealthReasonEnum } from '@aws-sdk/client-elastic-load-balancing-v2';
import { serveFromTask } from '../ecs/serve.ts';
import type { World } from '../world.ts';
import { matcherAccepts } from './matcher.ts';
import type { Target, TargetGroup } from './state.ts';

/** What a check found: nothing to complain of, or the reason and description that DescribeTargetHealth gives. */
export type Finding = { readonly passed: true } | ({ readonly passed: false } & Complaint);

export interface Complaint {
  readonly reason: TargetHealthReasonEnum;
  readonly description: string;
}

/** Asks the target as the load balancer does: by its address, without any of the environment's host names. */
export function checkHealth(world: World, group: TargetGroup, target: Target): Finding {
  const { port, path, matcher } = group.healthCheck;
  const response = serveFromTask(world, {
    ip: target.ip,
    port: port === 'traffic-port' ? target.port : Number(port),
    method: 'GET',
    path,
    host: `${target.ip}:${target.port}`,
    headers: { 'user-agent': 'ELB-HealthChecker/2.0' },
  });
  if (!response) {
    return { passed: false, reason: 'Target.FailedHealthChecks', description: 'Health checks failed' };
  }
  if (!matcherAccepts(matcher, response.status)) {
    return {
      passed: false,
      reason: 'Target.ResponseCodeMismatch',
      description: `Health checks failed with these codes: [${response.status}]`,
    };
  }
  return { passed: true };
}
