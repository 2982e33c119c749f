import type { SimClock } from '../../clock.ts';
import { DroppedConnection } from '../wire/dropped-connection.ts';
import type { Call, Guard } from '../wire/guard.ts';
import { Refusal } from '../wire/refusal.ts';

/** One call that reached the local cloud, and what became of it. */
export interface LoggedCall {
  readonly requestId: string;
  /** The signing name: `rds`. */
  readonly service: string;
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** Of whoever signed it; undefined for an unsigned call. */
  readonly accessKeyId?: string | undefined;
  /** When it arrived, by the clock of the local cloud. */
  readonly at: Date;
  readonly durationSeconds: number;
  /** `ok`, `dropped`, `crashed`, or the error code as it went over the wire. */
  readonly outcome: string;
  /** The stack of a fault in the local cloud itself. */
  readonly stack?: string;
}

export interface RequestLog {
  /** The newest calls, oldest first; at most the capacity. */
  calls(): readonly LoggedCall[];
  of(service: string, operation?: string): readonly LoggedCall[];
  /** Every call ever made, the forgotten ones too. */
  count(service?: string, operation?: string): number;
  /** Tells of every call once it has ended. Returns a function that ends the subscription. */
  onCall(listener: (call: LoggedCall) => void): () => void;
  /** Keeps a failure of the local cloud itself, outside any service. */
  crashed(what: { requestId: string; request: string }, error: unknown): void;
  /** Forgets calls and counts; subscriptions stay. */
  clear(): void;
  readonly guard: Guard;
}

export function createRequestLog(clock: SimClock, { capacity = 20_000 }: { capacity?: number } = {}): RequestLog {
  let kept: LoggedCall[] = [];
  const counts = new Map<string, number>();
  const listeners = new Set<(call: LoggedCall) => void>();

  function record(call: LoggedCall): void {
    kept.push(call);
    // Dropping half at a time keeps an append cheap.
    if (kept.length > capacity) {
      kept = kept.slice(-Math.ceil(capacity / 2));
    }
    const key = `${call.service}:${call.operation}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
    for (const listener of listeners) {
      listener(call);
    }
  }

  async function guard<T>(call: Call, work: () => Promise<T>): Promise<T> {
    const at = clock.now();
    const end = (outcome: Pick<LoggedCall, 'outcome' | 'stack'>): void => {
      const durationSeconds = (clock.now().getTime() - at.getTime()) / 1000;
      const { requestId, service, operation, input, accessKeyId } = call;
      record({ requestId, service, operation, input, accessKeyId, at, durationSeconds, ...outcome });
    };
    try {
      const output = await work();
      end({ outcome: 'ok' });
      return output;
    } catch (error) {
      end(outcomeOf(call, error));
      throw error;
    }
  }

  return {
    calls: () => kept,
    of: (service, operation) =>
      kept.filter((call) => call.service === service && (operation === undefined || call.operation === operation)),
    count: (service, operation) => countOf(counts, service, operation),
    onCall(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    crashed({ requestId, request }, error) {
      const failure = { at: clock.now(), durationSeconds: 0, outcome: 'crashed', stack: stackOf(error) };
      record({ requestId, service: 'local-cloud', operation: request, input: {}, ...failure });
    },
    clear() {
      kept = [];
      counts.clear();
    },
    guard,
  };
}

function countOf(counts: ReadonlyMap<string, number>, service?: string, operation?: string): number {
  let total = 0;
  for (const [key, count] of counts) {
    const [itsService, itsOperation] = key.split(':');
    const matches =
      (service === undefined || service === itsService) && (operation === undefined || operation === itsOperation);
    total += matches ? count : 0;
  }
  return total;
}

function outcomeOf(call: Call, error: unknown): Pick<LoggedCall, 'outcome' | 'stack'> {
  if (error instanceof Refusal) {
    return { outcome: call.wireCodeOf(error) };
  }
  if (error instanceof DroppedConnection) {
    return { outcome: 'dropped' };
  }
  return { outcome: 'crashed', stack: stackOf(error) };
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
