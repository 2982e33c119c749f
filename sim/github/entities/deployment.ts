import type { JsonObject } from '../json.ts';
import type { Account } from './account.ts';

export type DeploymentState = 'error' | 'failure' | 'inactive' | 'pending' | 'success' | 'queued' | 'in_progress';

export interface DeploymentStatus {
  readonly id: number;
  readonly state: DeploymentState;
  readonly environment: string;
  readonly description: string;
  readonly environmentUrl: string;
  readonly logUrl: string;
  readonly creator: Account;
  readonly createdAt: Date;
}

export interface Deployment {
  readonly id: number;
  readonly sha: string;
  readonly ref: string;
  readonly task: string;
  readonly originalEnvironment: string;
  readonly description: string | undefined;
  readonly payload: JsonObject | string;
  readonly creator: Account;
  readonly viaApp: boolean;
  readonly transient: boolean;
  readonly production: boolean;
  readonly createdAt: Date;
  /** Oldest first. */
  readonly statuses: DeploymentStatus[];
  /** A status may change it. */
  environment: string;
  updatedAt: Date;
}
