import type { SimClock } from '../../clock.ts';
import { DroppedConnection } from '../wire/dropped-connection.ts';
import type { Call, Guard } from '../wire/guard.ts';
import { Refusal } from '../wire/refusal.ts';
import { throttleOf } from './throttling.ts';

type FaultEffect =
  /** `code` is a shape name of the service's model (`DBInstanceNotFoundFault`) or a bare wire code; nothing is done. */
  | { readonly kind: 'error'; readonly code: string; readonly message?: string; readonly status?: number }
  /** The work is done, and the caller never hears of it. */
  | { readonly kind: 'drop-response' }
  /** The work is not done, and the caller never hears of it. */
  | { readonly kind: 'drop-request' }
  /** Seconds of the simulated clock before the work begins. */
  | { readonly kind: 'delay'; readonly seconds: number }
  /** The service's own throttling error. */
  | { readonly kind: 'throttle' };

export interface FaultRule {
  /** A signing name; without it, every service. */
  readonly service?: string;
  readonly operation?: string;
  /** Only what was signed with this key; without it, everybody's calls. */
  readonly accessKeyId?: string;
  /** The first matching call it strikes, counted from 1 from now on. Default 1. */
  readonly nth?: number;
  /** How many matching calls in a row it strikes. Default 1. */
  readonly times?: number;
  readonly effect: FaultEffect;
}

interface Fault extends FaultRule {
  readonly id: number;
  readonly matched: number;
  readonly struck: number;
}

export interface Faults {
  /** Returns an id for `remove`. A call is struck by the first rule that applies; later ones count it all the same. */
  add(rule: FaultRule): number;
  list(): readonly Fault[];
  /** False when there is no such fault. */
  remove(id: number): boolean;
  clear(): void;
  readonly guard: Guard;
}

export function createFaults(clock: SimClock): Faults {
  let faults: Fault[] = [];
  let nextId = 1;

  /** Counts the call on every rule and answers the effect of the first that strikes. */
  function strike(call: Call): FaultEffect | undefined {
    let effect: FaultEffect | undefined;
    faults = faults.map((fault) => {
      if (!matches(fault, call)) {
        return fault;
      }
      const matched = fault.matched + 1;
      const first = fault.nth ?? 1;
      const due = matched >= first && matched < first + (fault.times ?? 1);
      if (!due || effect) {
        return { ...fault, matched };
      }
      effect = fault.effect;
      return { ...fault, matched, struck: fault.struck + 1 };
    });
    return effect;
  }

  async function guard<T>(call: Call, work: () => Promise<T>): Promise<T> {
    const effect = strike(call);
    switch (effect?.kind) {
      case undefined:
        return await work();
      case 'error':
        throw new Refusal(effect.code, effect.message ?? `injected ${effect.code}`, statusOf(effect));
      case 'throttle':
        throw throttleOf(call.service);
      case 'drop-request':
        throw new DroppedConnection();
      case 'drop-response':
        await work();
        throw new DroppedConnection();
      case 'delay':
        await clock.sleep(effect.seconds);
        return await work();
    }
  }

  return {
    add(rule) {
      const id = nextId++;
      faults = [...faults, { ...rule, id, matched: 0, struck: 0 }];
      return id;
    },
    list: () => faults,
    remove(id) {
      const before = faults.length;
      faults = faults.filter((fault) => fault.id !== id);
      return faults.length < before;
    },
    clear() {
      faults = [];
    },
    guard,
  };
}

function statusOf({ status }: { readonly status?: number }): { status?: number } {
  return status === undefined ? {} : { status };
}

function matches(rule: FaultRule, call: Call): boolean {
  return (
    (rule.service === undefined || rule.service === call.service) &&
    (rule.operation === undefined || rule.operation === call.operation) &&
    (rule.accessKeyId === undefined || rule.accessKeyId === call.accessKeyId)
  );
}
