import type {
  CapacityProviderStrategyItem,
  ClusterServiceConnectDefaultsRequest,
  ClusterSetting,
  ContainerDefinition,
  CreateServiceRequest,
  ClusterConfiguration as ExecutionConfiguration,
  LoadBalancer,
  NetworkConfiguration,
  ServiceEvent,
  TaskDefinition,
  TaskOverride,
  TaskStopCode,
} from '@aws-sdk/client-ecs';
import type { NetworkInterface } from '../ec2/state.ts';
import type { Tags } from '../tag-index.ts';
import type { BehaviourRule } from './behaviour-rule.ts';
import type { Program, RunningProgram } from './program.ts';

export interface ClusterConfiguration {
  readonly settings: readonly ClusterSetting[];
  readonly execution: ExecutionConfiguration | undefined;
  readonly serviceConnect: ClusterServiceConnectDefaultsRequest | undefined;
  readonly capacityProviders: readonly string[];
  readonly defaultStrategy: readonly CapacityProviderStrategyItem[];
}

export interface Cluster {
  readonly name: string;
  readonly arn: string;
  configuration: ClusterConfiguration;
  status: 'ACTIVE' | 'INACTIVE';
  tags: Tags;
}

export interface TaskDefinitionRevision {
  readonly arn: string;
  readonly family: string;
  readonly revision: number;
  /** As it is described; its status changes. */
  definition: TaskDefinition;
  tags: Tags;
}

/** What CreateService and UpdateService set and a deployment keeps for as long as it lives. */
export type ServiceSettings = Pick<
  CreateServiceRequest,
  | 'launchType'
  | 'capacityProviderStrategy'
  | 'platformVersion'
  | 'networkConfiguration'
  | 'loadBalancers'
  | 'serviceRegistries'
  | 'deploymentConfiguration'
  | 'healthCheckGracePeriodSeconds'
  | 'enableExecuteCommand'
  | 'enableECSManagedTags'
  | 'propagateTags'
  | 'availabilityZoneRebalancing'
>;

export interface Deployment {
  readonly id: string;
  readonly taskDefinitionArn: string;
  readonly createdAt: Date;
  settings: ServiceSettings;
  status: 'PRIMARY' | 'ACTIVE';
  desiredCount: number;
  updatedAt: Date;
  rolloutState: 'IN_PROGRESS' | 'COMPLETED' | 'FAILED';
  rolloutStateReason: string;
  /** Tasks that failed one after the other. */
  failedTasks: number;
  /** After repeated failures no task is started before then. */
  startAfter: Date | undefined;
}

export interface Service {
  readonly arn: string;
  readonly name: string;
  readonly cluster: Cluster;
  readonly createdAt: Date;
  readonly clientToken: string | undefined;
  /** The whole request that made it, by which a repeated request is told from a different one. */
  readonly fingerprint: string;
  status: 'ACTIVE' | 'DRAINING' | 'INACTIVE';
  desiredCount: number;
  settings: ServiceSettings;
  tags: Tags;
  /** Newest first; the first one is PRIMARY. */
  deployments: Deployment[];
  /** Newest first, at most 100. */
  events: ServiceEvent[];
  /** What a rollback returns to. */
  lastCompleted: Deployment | undefined;
  steady: boolean;
  cancelTick: () => void;
}

export type TaskStatus =
  | 'PROVISIONING'
  | 'PENDING'
  | 'ACTIVATING'
  | 'RUNNING'
  | 'DEACTIVATING'
  | 'STOPPING'
  | 'DEPROVISIONING'
  | 'STOPPED';

export interface ContainerRun {
  readonly definition: ContainerDefinition;
  /** With the overrides of the task and, once started, the values of its secrets. */
  readonly environment: Map<string, string>;
  readonly command: readonly string[];
  lastStatus: 'PENDING' | 'RUNNING' | 'STOPPED';
  /** When it accepts connections, if it ever does. */
  listensFrom: Date | undefined;
  exitCode: number | undefined;
  /** From RUNNING until it ends, where something does the container's work. */
  program: RunningProgram | undefined;
  reason: string | undefined;
}

interface TaskTarget {
  readonly targetGroupArn: string;
  readonly ip: string;
  readonly port: number;
}

export interface Task {
  readonly arn: string;
  readonly id: string;
  readonly cluster: Cluster;
  readonly revision: TaskDefinitionRevision;
  readonly group: string;
  readonly startedBy: string | undefined;
  readonly overrides: TaskOverride;
  readonly settings: TaskSettings;
  /** Only for a task of a service. */
  readonly serviceArn: string | undefined;
  readonly deploymentId: string | undefined;
  readonly createdAt: Date;
  readonly attachmentId: string;
  readonly subnetId: string;
  readonly containers: readonly ContainerRun[];
  tags: Tags;
  /** From the end of PROVISIONING until it is STOPPED; only in an `awsvpc` network. */
  networkInterface: NetworkInterface | undefined;
  lastStatus: TaskStatus;
  desiredStatus: 'RUNNING' | 'STOPPED';
  pullStartedAt: Date | undefined;
  pullStoppedAt: Date | undefined;
  startedAt: Date | undefined;
  stoppingAt: Date | undefined;
  executionStoppedAt: Date | undefined;
  stoppedAt: Date | undefined;
  stopCode: TaskStopCode | undefined;
  stoppedReason: string | undefined;
  /** Where it was registered. */
  targets: TaskTarget[];
  becameHealthy: boolean;
  failedHealthChecks: boolean;
  /** Its end has been counted by its service's scheduler. */
  accounted: boolean;
  /** Tells the service's scheduler that something happened; does nothing for a task without one. */
  readonly notify: () => void;
}

export interface TaskSettings {
  readonly networkConfiguration: NetworkConfiguration | undefined;
  readonly loadBalancers: readonly LoadBalancer[];
  readonly enableExecuteCommand: boolean;
  readonly launchType: 'FARGATE' | undefined;
  readonly capacityProviderName: string | undefined;
}

/** The tasks a RunTask request with this token started; the same request again gets the same tasks. */
interface RunToken {
  readonly fingerprint: string;
  readonly taskArns: readonly string[];
}

/** Everything Elastic Container Service holds in this account and Region. */
export interface EcsState {
  readonly clusters: Map<string, Cluster>;
  /** By family; the revision number is the index plus one, for a family never gives a number twice. */
  readonly families: Map<string, (TaskDefinitionRevision | undefined)[]>;
  readonly services: Map<string, Service>;
  readonly tasks: Map<string, Task>;
  /** Tasks that hold an address in the VPC. */
  readonly tasksByIp: Map<string, Task>;
  readonly runTokens: Map<string, RunToken>;
  /** The latest rule that matches decides. */
  readonly behaviours: BehaviourRule[];
  /** By family of task definitions. */
  readonly programs: Map<string, Program>;
  tasksStarted: number;
}

export function createEcsState(): EcsState {
  return {
    clusters: new Map(),
    families: new Map(),
    services: new Map(),
    tasks: new Map(),
    tasksByIp: new Map(),
    runTokens: new Map(),
    behaviours: [],
    programs: new Map(),
    tasksStarted: 0,
  };
}
