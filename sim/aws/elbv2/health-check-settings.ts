import type { CreateTargetGroupInput, ProtocolEnum, TargetTypeEnum } from '@aws-sdk/client-elastic-load-balancing-v2';
import { isMatcher } from './matcher.ts';
import type { HealthCheck } from './state.ts';
import { checkRange, validationError } from './validation-error.ts';

type HealthCheckInput = Pick<
  CreateTargetGroupInput,
  | 'HealthCheckProtocol'
  | 'HealthCheckPort'
  | 'HealthCheckEnabled'
  | 'HealthCheckPath'
  | 'HealthCheckIntervalSeconds'
  | 'HealthCheckTimeoutSeconds'
  | 'HealthyThresholdCount'
  | 'UnhealthyThresholdCount'
  | 'Matcher'
>;

/** What CreateTargetGroup supplies for an HTTP group (its page in the API reference). */
export function defaultHealthCheck(protocol: ProtocolEnum, targetType: TargetTypeEnum): HealthCheck {
  return {
    protocol: protocol === 'HTTPS' ? 'HTTPS' : 'HTTP',
    port: 'traffic-port',
    path: '/',
    enabled: targetType !== 'lambda',
    intervalSeconds: 30,
    timeoutSeconds: 6,
    healthyThreshold: 5,
    unhealthyThreshold: 2,
    matcher: '200',
  };
}

/** The settings with what the call gives put over them. Throws a ValidationError refusal for values out of bounds. */
export function mergeHealthCheck(current: HealthCheck, input: HealthCheckInput): HealthCheck {
  const merged: HealthCheck = {
    protocol: input.HealthCheckProtocol ?? current.protocol,
    port: input.HealthCheckPort ?? current.port,
    path: input.HealthCheckPath ?? current.path,
    enabled: input.HealthCheckEnabled ?? current.enabled,
    intervalSeconds: input.HealthCheckIntervalSeconds ?? current.intervalSeconds,
    timeoutSeconds: input.HealthCheckTimeoutSeconds ?? current.timeoutSeconds,
    healthyThreshold: input.HealthyThresholdCount ?? current.healthyThreshold,
    unhealthyThreshold: input.UnhealthyThresholdCount ?? current.unhealthyThreshold,
    matcher: input.Matcher?.HttpCode ?? current.matcher,
  };
  refuseOutOfBounds(merged);
  return merged;
}

function refuseOutOfBounds(check: HealthCheck): void {
  checkRange('Health check interval', check.intervalSeconds, [5, 300]);
  checkRange('Health check timeout', check.timeoutSeconds, [2, 120]);
  checkRange('Healthy threshold count', check.healthyThreshold, [2, 10]);
  checkRange('Unhealthy threshold count', check.unhealthyThreshold, [2, 10]);
  if (check.timeoutSeconds >= check.intervalSeconds) {
    throw validationError(
      `Health check timeout '${check.timeoutSeconds}' must be smaller than the interval '${check.intervalSeconds}'`,
    );
  }
  if (!check.path.startsWith('/') || check.path.length > 1024) {
    throw validationError(
      `Health check path '${check.path}' must begin with a '/' and be at most 1024 characters long`,
    );
  }
  if (!isMatcher(check.matcher)) {
    throw validationError(`Health check matcher HTTP code '${check.matcher}' must be within '200-499'`);
  }
  if (check.port !== 'traffic-port') {
    checkRange('Health check port', Number(check.port), [1, 65535]);
  }
}
