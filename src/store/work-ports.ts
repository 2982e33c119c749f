import type { Clock } from '../reconcile/clock.ts';
import type { Alarms } from './alarms.ts';
import type { StoreLog } from './log.ts';
import type { Database } from './open.ts';

export type CrewName = 'environment' | 'inbox' | 'reply' | 'tick';

/** What the work of every queue needs. */
export interface WorkPorts {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: StoreLog;
  readonly alarms: Readonly<Record<CrewName, Alarms>>;
  /** Aborts when this process can wait no longer for the work in hand. */
  readonly stopping: AbortSignal;
}
