import type { SignIn } from './sign-in.ts';

/**
 * Every kind of thing that stands in an environment's graph: what is wanted of it (`spec`) and what is known once it
 * is there (`outputs`). Specs and outputs are plain JSON and are kept in the store, so no secret may stand in them.
 */
export interface ResourceKinds {
  'log-group': { spec: { retentionDays: number; kmsKeyId: string | null }; outputs: { arn: string } };
  /** A secret copied from another, with members of its JSON replaced. */
  secret: { spec: { copyFrom: string | null; set: Record<string, string> }; outputs: { arn: string } };
  /** A path of the parameter store, copied from another and overridden. The resource's name is the path. */
  parameters: {
    spec: { copyFrom: string | null; set: Record<string, string> };
    outputs: { path: string; count: number };
  };
  'clone-cluster': {
    spec: {
      sourceIdentifier: string;
      subnetGroup: string;
      securityGroupIds: string[];
      parameterGroup: string | null;
      /** Aurora capacity units; `min` 0 pauses after `autoPauseSeconds` without connections. */
      capacity: { min: number; max: number; autoPauseSeconds: number };
    };
    outputs: {
      arn: string;
      endpoint: string;
      readerEndpoint: string;
      port: number;
      engine: string;
      engineVersion: string;
    };
  };
  'clone-instance': { spec: { clusterIdentifier: string; engine: string }; outputs: { arn: string } };
  /** A new master password on the clone, kept in a secret: the source's own would open the clone otherwise. The resource's name is the secret's. `databaseName` is empty where the blueprint names none. */
  'database-credentials': {
    spec: { clusterIdentifier: string; endpoint: string; port: number; databaseName: string };
    outputs: { secretArn: string };
  };
  /**
   * A user of MySQL in the clone who may use one schema and nothing else, kept in a secret. The resource's name is the
   * secret's; the user is made with what the secret `masterSecretName` holds.
   */
  'database-user': {
    spec: {
      clusterIdentifier: string;
      endpoint: string;
      port: number;
      databaseName: string;
      masterSecretName: string;
      userName: string;
    };
    outputs: { secretArn: string };
  };
  /** `idempotencyToken` is 1 to 32 word characters. */
  certificate: {
    spec: { domainName: string; alternativeNames: string[]; idempotencyToken: string };
    outputs: { arn: string; validationRecords: { name: string; value: string }[] };
  };
  'listener-certificate': { spec: { listenerArn: string; certificateArn: string }; outputs: Record<never, never> };
  /** `changeId` is empty once the change has spread; `written` is a digest of what it wrote. */
  'dns-records': {
    spec: { zoneId: string; records: DnsRecord[] };
    outputs: { changeId: string; names: string[]; written: string };
  };
  'target-group': {
    spec: { port: number; vpcId: string; healthCheck: HealthCheck; deregistrationDelaySeconds: number };
    outputs: { arn: string };
  };
  /** One rule for at most five condition values; `hosts` and `sourceCidrs` together are at most five. */
  'listener-rule': {
    spec: {
      listenerArn: string;
      hosts: string[];
      sourceCidrs: string[];
      targetGroupArn: string;
      /** Who is not signed in there is sent to sign in; without, nobody is asked. */
      signIn?: SignIn;
    };
    outputs: { arn: string; priority: number };
  };
  /** Owns nothing: waits until one of the candidates, tried in order, is in the registry. */
  image: {
    spec: { candidates: ImageCandidate[]; deadlineAt: string };
    outputs: { reference: string; tag: string; origin: ImageOrigin };
  };
  /** The resource's name is the family. A new revision is registered only when `content` differs from the newest one's. */
  'task-definition': { spec: { content: TaskDefinitionContent }; outputs: { arn: string; contentHash: string } };
  /** Run once for each `runKey`: what ran for this key is never run again, whatever it ended with. */
  'one-off-task': {
    spec: {
      runKey: string;
      clusterArn: string;
      taskDefinitionArn: string;
      network: TaskNetwork;
      timeoutSeconds: number;
      logGroup: string;
      container: string;
    };
    outputs: { runKey: string; taskArn: string; exitCode: number | null; finished: boolean };
  };
  service: {
    spec: {
      clusterArn: string;
      taskDefinitionArn: string;
      desiredCount: number;
      network: TaskNetwork;
      loadBalancers: { targetGroupArn: string; container: string; port: number }[];
      healthCheckGraceSeconds: number;
      /** Whether people may open a shell in its containers: only where the task has a role of its own. */
      exec: boolean;
      /** Grows when the same content is to be deployed again. */
      redeploys: number;
    };
    outputs: { arn: string; redeploys: number };
  };
  /** Owns nothing: ready once the deployment of exactly this task definition has completed. */
  rollout: {
    spec: {
      clusterArn: string;
      serviceName: string;
      taskDefinitionArn: string;
      redeploys: number;
      logGroup: string;
      container: string;
      /** Whether the addresses of its tasks are wanted. */
      addressed: boolean;
    };
    outputs: { taskDefinitionArn: string; redeploys: number; addresses: string[] };
  };
  /** Owns nothing: ready once a target is healthy. */
  'target-health': { spec: { targetGroupArn: string }; outputs: { healthy: number } };
  /** Owns nothing: HTTP checks through the load balancer, passed once for each `runKey`. */
  smoke: { spec: { runKey: string; checks: SmokeCheck[]; deadlineSeconds: number }; outputs: { runKey: string } };
  /** Owns nothing: keeps the tags that change (`TTL`, `Commit`) true on every resource named. */
  'resource-tags': { spec: { arns: string[]; tags: Record<string, string> }; outputs: { digest: string } };
}

export type ResourceKind = keyof ResourceKinds;
export type SpecOf<K extends ResourceKind> = ResourceKinds[K]['spec'];
export type OutputsOf<K extends ResourceKind> = ResourceKinds[K]['outputs'];

/** Kinds that only look: nothing of theirs exists in AWS, so nothing of theirs is released or stands on a receipt. */
export const OBSERVING_KINDS: readonly ResourceKind[] = ['image', 'rollout', 'target-health', 'smoke', 'resource-tags'];

/**
 * Kinds that AWS is not asked about, since that would take a call for each thing: what is recorded is all that is known. It
 * is known no more from the moment that something else is asked for, whatever comes of that.
 */
export const RECORDED_KINDS: readonly ResourceKind[] = ['resource-tags'];

export interface DnsRecord {
  /** Fully qualified, lower case, without the final dot. */
  readonly name: string;
  readonly type: 'A' | 'AAAA' | 'CNAME';
  /** Either an alias to a load balancer, or values with a TTL. */
  readonly target:
    | { readonly alias: { readonly dnsName: string; readonly zoneId: string } }
    | { readonly values: string[]; readonly ttlSeconds: number };
}

export interface HealthCheck {
  readonly path: string;
  /** As the load balancer takes it: `200`, `200-499`, `200,302`. */
  readonly matcher: string;
  readonly intervalSeconds: number;
  readonly timeoutSeconds: number;
  readonly healthyThreshold: number;
  readonly unhealthyThreshold: number;
}

export type ImageOrigin = 'head' | 'base' | 'external';

export interface ImageCandidate {
  readonly registry: string;
  readonly repository: string;
  readonly tag: string;
  readonly origin: ImageOrigin;
}

export interface TaskNetwork {
  readonly subnetIds: string[];
  readonly securityGroupIds: string[];
}

export interface TaskDefinitionContent {
  readonly cpu: number;
  readonly memory: number;
  readonly architecture: 'X86_64' | 'ARM64';
  readonly executionRoleArn: string;
  readonly taskRoleArn: string | null;
  readonly containers: ContainerContent[];
}

export interface ContainerContent {
  readonly name: string;
  readonly image: string;
  readonly essential: boolean;
  readonly command: string[] | null;
  readonly ports: number[];
  readonly environment: Record<string, string>;
  /** Variable name to the ARN or name it is read from, as ECS takes it. */
  readonly secrets: Record<string, string>;
  readonly logGroup: string;
  readonly region: string;
}

export interface SmokeCheck {
  readonly service: string;
  readonly url: string;
  /** As a health check's matcher. */
  readonly expect: string;
  /** The host of the sign-in page that whoever is not signed in is sent to: that is expected then, and not `expect`. */
  readonly signIn?: string;
}
