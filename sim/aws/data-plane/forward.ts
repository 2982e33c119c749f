import type { ForwardActionConfig } from '@aws-sdk/client-elastic-load-balancing-v2';
import { serveFromTask } from '../ecs/serve.ts';
import type { Listener, Rule, Target, TargetGroup } from '../elbv2/state.ts';
import type { World } from '../world.ts';
import type { DataPlaneRequest, DataPlaneResponse } from './exchange.ts';
import { standardPage } from './standard-pages.ts';

export interface Forwarding {
  readonly world: World;
  readonly listener: Listener;
  readonly rule: Rule;
  readonly config: ForwardActionConfig;
}

/** 503 without a target to send to, 502 when the target does not take the connection. */
export function forward({ world, listener, rule, config }: Forwarding, request: DataPlaneRequest): DataPlaneResponse {
  const group = world.elbv2.targetGroups.get(nextGroup(rule, config) ?? '');
  const target = group && nextTarget(group);
  if (!target) {
    return standardPage(503);
  }
  const response = serveFromTask(world, {
    ip: target.ip,
    port: target.port,
    method: request.method,
    path: request.path,
    host: request.host,
    headers: {
      ...request.headers,
      'x-forwarded-for': request.sourceIp,
      'x-forwarded-proto': listener.protocol.toLowerCase(),
      'x-forwarded-port': String(listener.port),
    },
  });
  return response ?? standardPage(502);
}

/** Each group gets as many requests of a round as its weight says; a weight of 0 gets none. */
function nextGroup(rule: Rule, { TargetGroups = [] }: ForwardActionConfig): string | undefined {
  const round = TargetGroups.flatMap(({ TargetGroupArn = '', Weight = 1 }) =>
    Array<string>(Weight).fill(TargetGroupArn),
  );
  const chosen = round[rule.turn % Math.max(round.length, 1)];
  rule.turn += 1;
  return chosen;
}

/** Round robin among the healthy; when every target that was checked is unhealthy, among those ("fail open"). */
function nextTarget(group: TargetGroup): Target | undefined {
  const targets = [...group.targets.values()];
  const healthy = targets.filter(({ state }) => state === 'healthy');
  const candidates = healthy.length > 0 ? healthy : targets.filter(({ state }) => state === 'unhealthy');
  const chosen = candidates[group.turn % Math.max(candidates.length, 1)];
  group.turn += 1;
  return chosen;
}
