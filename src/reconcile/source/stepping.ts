import type { SourceFailure, SourceVersion } from '../../domain/source.ts';
import type { SourcePorts, SourceSettings } from './ports.ts';

/** What one look at the sources works with. */
export interface SourcePass {
  readonly ports: SourcePorts;
  readonly settings: SourceSettings;
  /** Aborts when this process is to stop. */
  readonly signal: AbortSignal;
  /** Told of what changed. Must not throw. */
  tell(event: SourceEvent): void;
}

/** What operators are told, once for each time that it happens. `unseen`: nothing is known of its schema yet. */
export interface SourceEvent {
  readonly kind: 'begun' | 'in-service' | 'failed' | 'rolled-back' | 'retired' | 'given-up' | 'unseen';
  readonly id: string;
  readonly message: string;
}

/** A version after a step, to be written. `waits`: nothing more can be done now. */
export interface Stepped {
  readonly version: SourceVersion;
  readonly waits: boolean;
}

export function waiting(version: SourceVersion, message: string): Stepped {
  return { version: { ...version, message }, waits: true };
}

export function going(version: SourceVersion, change: Partial<SourceVersion>): Stepped {
  return { version: { ...version, message: '', ...change }, waits: false };
}

export function failing(version: SourceVersion, failure: SourceFailure): Stepped {
  return { version: { ...version, message: '', failure }, waits: true };
}
