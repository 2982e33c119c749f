import type { Intake, IntakeEvent } from '../../src/reconcile/intake.ts';

export interface RecordingIntake extends Intake {
  readonly received: IntakeEvent[];
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
    async receive(event) {
      if (this.failure) {
        throw this.failure;
      }
      if (seen.has(event.deliveryId)) {
        return await Promise.resolve('duplicate');
      }
      seen.add(event.deliveryId);
      this.received.push(event);
      return await Promise.resolve('taken');
    },
  };
}
