import type { Delivery } from './delivery.ts';

/** `duplicate`: this delivery was taken in before, and nothing was done now. */
export type IntakeOutcome = 'taken' | 'duplicate';

/**
 * Takes in what a webhook says: claims the delivery and keeps what it says in one transaction, and returns. Calls neither
 * GitHub nor AWS, so that it takes as long as the database does. The caller has verified the signature, and nothing else.
 */
export interface Intake {
  /** A fact has its effect at once; a petition waits in the inbox until GitHub says that whoever made it may. */
  receive(delivery: Delivery): Promise<IntakeOutcome>;
  /**
   * Takes in that something was said of a workflow run: whatever it was, the environments whose run it is are looked at.
   * `runId` is the forge's. Most are nobody's, and nothing happens. Hearing of it twice is harmless.
   */
  hearOfRun(runId: number): Promise<void>;
}
