import type {
  Action,
  ProtocolEnum,
  RuleCondition,
  TargetHealthReasonEnum,
  TargetTypeEnum,
} from '@aws-sdk/client-elastic-load-balancing-v2';

export interface LoadBalancer {
  readonly arn: string;
  readonly name: string;
  readonly dnsName: string;
  readonly scheme: 'internet-facing' | 'internal';
  readonly vpcId: string;
  subnets: readonly { readonly id: string; readonly zone: string }[];
  securityGroups: readonly string[];
  readonly createdAt: Date;
  readonly attributes: Map<string, string>;
  /** False while it is `provisioning`. */
  isActive: boolean;
}

export interface Listener {
  readonly arn: string;
  readonly loadBalancerArn: string;
  port: number;
  protocol: ProtocolEnum;
  sslPolicy: string | undefined;
  defaultCertificateArn: string | undefined;
  /** The list that SNI chooses from; the default certificate stands in it only when somebody added it there too. */
  readonly certificateArns: Set<string>;
  readonly attributes: Map<string, string>;
}

/** The default rule of a listener holds the listener's default actions. */
export interface Rule {
  readonly arn: string;
  readonly listenerArn: string;
  priority: number | 'default';
  conditions: RuleCondition[];
  actions: Action[];
  /** Position among the weighted target groups of a forward. */
  turn: number;
}

export interface HealthCheck {
  readonly protocol: ProtocolEnum;
  /** `traffic-port` or a number. */
  readonly port: string;
  readonly path: string;
  readonly enabled: boolean;
  readonly intervalSeconds: number;
  readonly timeoutSeconds: number;
  readonly healthyThreshold: number;
  readonly unhealthyThreshold: number;
  /** `200`, `200,301`, `200-499`. */
  readonly matcher: string;
}

export type TargetState = 'unused' | 'initial' | 'healthy' | 'unhealthy' | 'draining';

export interface Target {
  readonly ip: string;
  readonly port: number;
  state: TargetState;
  reason: TargetHealthReasonEnum | undefined;
  description: string | undefined;
  consecutiveSuccesses: number;
  consecutiveFailures: number;
  /** Stops the timer of the next check or of the drain. */
  cancelTimer: () => void;
}

export interface TargetGroup {
  readonly arn: string;
  readonly name: string;
  readonly protocol: ProtocolEnum;
  readonly protocolVersion: string;
  readonly port: number;
  readonly vpcId: string;
  readonly targetType: TargetTypeEnum;
  healthCheck: HealthCheck;
  readonly attributes: Map<string, string>;
  /** By `ip:port`. */
  readonly targets: Map<string, Target>;
  /** A deleted rule is still felt until then: deletion is refused as if the rule were there. */
  releasedAt: Date | undefined;
  /** Position of the round robin. */
  turn: number;
}

/** Everything Elastic Load Balancing holds in this account and Region, each kind by ARN. */
export interface Elbv2State {
  readonly loadBalancers: Map<string, LoadBalancer>;
  readonly listeners: Map<string, Listener>;
  readonly rules: Map<string, Rule>;
  readonly targetGroups: Map<string, TargetGroup>;
  readonly tags: Map<string, Readonly<Record<string, string>>>;
}

export function createElbv2State(): Elbv2State {
  return {
    loadBalancers: new Map(),
    listeners: new Map(),
    rules: new Map(),
    targetGroups: new Map(),
    tags: new Map(),
  };
}
