import type { ReplyJob } from './reply.ts';

/** When to look at an environment again; null leaves it until something happens. */
export interface PassResult {
  readonly requeueAfterSeconds: number | null;
}

export interface WorkHandlers {
  /**
   * Looks at one environment. Never called for the same environment twice at once, anywhere. A throw is tried again
   * with growing pauses. `signal` aborts when the lease is lost: nothing may be changed after that.
   */
  reconcile(environmentId: string, signal: AbortSignal): Promise<PassResult>;
  /** Takes in what waits in one environment's inbox. As `reconcile`, beside which it may run for the same environment. */
  takeIn(environmentId: string, signal: AbortSignal): Promise<PassResult>;
  /** Sends one reply; a throw is tried again, so sending must be safe to repeat. */
  reply(job: ReplyJob): Promise<void>;
  /** Called every minute or so on one process of the cluster: who waits for a slot, and rounds through GitHub. */
  tick(): Promise<void>;
}

/** The durable queue of environments to look at. Delays are seconds of Mayfly's clock. */
export interface WorkQueue {
  /** Has the environment looked at now; pulls a delayed look forward. */
  enqueue(environmentId: string): Promise<void>;
  /** Starts this process's workers. */
  start(handlers: WorkHandlers): Promise<void>;
  /** Lets the work in hand end, takes no more, and resolves when nothing of this process runs any longer. Safe to call twice. */
  stop(): Promise<void>;
}
