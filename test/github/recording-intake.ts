import type { Delivery } from '../../src/reconcile/inbox/delivery.ts';
import type { Intake } from '../../src/reconcile/intake.ts';

export interface RecordingIntake extends Intake {
  readonly received: Delivery[];
  /** Ids of workflow runs. */
  readonly heard: number[];
  /** What the next events meet, instead of being taken in. */
  failure: Error | undefined;
}

/** Remembers what was taken in, and knows a delivery that comes twice. */
export function createRecordingIntake(): RecordingIntake {
  const seen = new Set<string>();
  return {
    received: [],
    heard: [],
    failure: undefined,
    async hearOfRun(runId) {
      await Promise.resolve(this.heard.push(runId));
    },
    async receive(delivery) {
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
