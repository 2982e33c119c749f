import type { SourceRequests } from '../reconcile/source/source-store.ts';

/** What the platform says of sources. */
export interface SourcePolicy {
  /** PEM of the key that passports have to be signed with; undefined where the platform has none. */
  readonly publicKey: string | undefined;
  /** Undefined where the platform says nothing of refreshing: nobody answers a request then. */
  readonly keepDays: number | undefined;
}

/** Mayfly's own database, as far as sources go. Throws `TransientError` and `TerminalError`. */
export interface SourceDesk extends SourceRequests {
  /** Undefined where the environment does not say where the platform document is. */
  readonly policy: SourcePolicy | undefined;
  /** False where no server can work while the desk is open: a request is answered once it is closed. */
  readonly isShared: boolean;
  /** May be called twice. */
  close(): Promise<void>;
}
