import type { CreateScheduleInput } from '@aws-sdk/client-scheduler';
import type { Tags } from '../tag-index.ts';

/** What a caller says of a schedule; an update says all of it anew. */
export type ScheduleSettings = Omit<CreateScheduleInput, 'Name' | 'GroupName' | 'ClientToken'>;

/** One time that a schedule was due, and what became of it. */
export interface Firing {
  readonly executionId: string;
  readonly scheduledFor: Date;
  attempts: number;
  outcome: 'under way' | 'delivered' | 'dead';
}

export interface Schedule {
  readonly name: string;
  readonly group: string;
  readonly arn: string;
  readonly createdAt: Date;
  modifiedAt: Date;
  settings: ScheduleSettings;
  /** The newest ones, oldest first. */
  firings: readonly Firing[];
  /** Calls off what is due next. */
  cancel: () => void;
}

export interface ScheduleGroup {
  readonly name: string;
  readonly arn: string;
  readonly createdAt: Date;
  modifiedAt: Date;
  state: 'ACTIVE' | 'DELETING';
  tags: Tags;
}

/** Everything EventBridge Scheduler holds in this account. */
export interface SchedulerState {
  /** By name; `default` is there once it is asked for. */
  readonly groups: Map<string, ScheduleGroup>;
  /** By ARN. */
  readonly schedules: Map<string, Schedule>;
}

export function createSchedulerState(): SchedulerState {
  return { groups: new Map(), schedules: new Map() };
}
