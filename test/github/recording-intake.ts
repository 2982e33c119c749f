import type { Delivery } from '../../src/reconcile/inbox/delivery.ts';
import type { Intake } from '../../src/reconcile/inbox/intake.ts';

export interface RecordingIntake extends Intake {
  readonly received: Delivery[];
  /** Ids of workflow runs. */
  readonly heard: number[];
  /** What the next events meet, instead of being taken in. */
  failure: Error | undefined;
  /** What the next events wait for, as for a slow database. */
  until: Promise<void> | undefined;
}

/** Remembers what was taken in, and knows a delivery that comes twice. */
export function createRecordingIntake(): RecordingIntake {
  const seen = new Set<string>();
  return {
    received: [],
    heard: [],
    failure: undefined,
    until: undefined,
    async hearOfRun(runId) {
      await Promise.resolve(this.heard.push(runId));
    },
    async receive(delivery) {
      await this.until;
      if (this.failure) {
        throw this.failure;
      }
      if (seen.has(delivery.id)) {
        return await Promise.resolve('duplicate');
      }
      seen.add(delivery.id);
      this.received.push(delivery);
      return await Promise.resolve('taken');
    },
  };
}
