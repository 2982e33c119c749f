import type { WireRequest } from './messages.ts';
import type { Refusal } from './refusal.ts';

/** A request after decoding, as rules that stand before the work (faults, rates, the log) see it. */
export interface Call {
  readonly service: string;
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly requestId: string;
  /** Of whoever signed it; undefined for an unsigned call. */
  readonly accessKeyId?: string | undefined;
  /** As they came, by their names in lower case. */
  readonly headers: WireRequest['headers'];
  /** The code that a refusal of this call carries over the wire. */
  wireCodeOf(refusal: Refusal): string;
}

/** Carries out a call, or refuses it before its handler runs. */
export type Guard = <T>(call: Call, work: () => Promise<T>) => Promise<T>;
