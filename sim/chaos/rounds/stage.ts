import type { Rule, Strike } from '../gate/gate.ts';
import type { Passing } from '../gate/passing.ts';
import { createCounting } from '../gate/point.ts';
import type { Traveller } from './journey.ts';
import type { Mission } from './mission.ts';

/** One journey of several pull requests at once, each with the mission that awaits it, if any. */
export interface Stage {
  readonly rule: Rule;
  /** Whether its mission's moment has come: the fault is dealt, or the request stands where the server is to die. */
  isStruck(traveller: Traveller): boolean;
  /** Whether anybody waits for the server's death. */
  isDeathDue(): boolean;
  /** Real milliseconds since any of these made a request. */
  quietMilliseconds(travellers: readonly Traveller[]): number;
  /** Real milliseconds since the first was held; 0 when nobody is. */
  heldMilliseconds(): number;
  /** Lets those go who are held: when the server is dead. */
  release(): void;
}

/** With one traveller alone, requests that no look made are its own. */
export function createStage(parties: ReadonlyMap<Traveller, Mission | undefined>): Stage {
  const byEnvironment = new Map(
    [...parties].map(([traveller, mission]) => [traveller.environment, { traveller, mission }]),
  );
  const counting = createCounting();
  const met = new Set<Traveller>();
  const struck = new Set<Traveller>();
  let free = (): void => undefined;
  const until = new Promise<void>((resolve) => {
    free = resolve;
  });
  /** Calls whose further attempts fare like the first. */
  const doomed = new Map<string, Strike>();
  const beganAt = performance.now();
  let heldAt: number | undefined;
  const movedAt = new Map<Traveller, number>();

  function partiesOf({ environments }: Passing) {
    const names = environments.length === 0 && parties.size === 1 ? [...byEnvironment.keys()] : environments;
    return names.flatMap((name) => byEnvironment.get(name) ?? []);
  }

  function strikeOf({ traveller, mission }: { traveller: Traveller; mission: Mission }, { call }: Passing): Strike {
    met.add(traveller);
    const { blow } = mission;
    if (blow.kind === 'fault') {
      struck.add(traveller);
      if (blow.everyAttempt && call !== undefined) {
        doomed.set(call, blow.strike);
      }
      return blow.strike;
    }
    return {
      kind: 'hold',
      when: blow.when,
      held: () => {
        struck.add(traveller);
        heldAt ??= performance.now();
      },
      until,
    };
  }

  function rule(passing: Passing): Strike | undefined {
    const doom = passing.call === undefined ? undefined : doomed.get(passing.call);
    if (doom) {
      return doom;
    }
    const concerned = partiesOf(passing);
    // Whoever waits for the server's death goes no step further.
    const waits = concerned.some(({ traveller, mission }) => met.has(traveller) && mission?.blow.kind === 'crash');
    if (waits) {
      return { kind: 'hold', when: 'before', held: () => undefined, until };
    }
    const counted = concerned.map(({ traveller, mission }) => ({
      traveller,
      mission,
      point: counting.count(passing, traveller.environment),
    }));
    const hit = counted.find(({ traveller, mission, point }) => !met.has(traveller) && mission?.point.id === point.id);
    for (const { traveller } of concerned) {
      movedAt.set(traveller, performance.now());
    }
    return hit?.mission ? strikeOf({ traveller: hit.traveller, mission: hit.mission }, passing) : undefined;
  }

  return {
    rule,
    isStruck: (traveller) => struck.has(traveller),
    isDeathDue: () =>
      [...parties].some(([traveller, mission]) => mission?.blow.kind === 'crash' && struck.has(traveller)),
    quietMilliseconds: (travellers) =>
      performance.now() - Math.max(beganAt, ...travellers.map((traveller) => movedAt.get(traveller) ?? beganAt)),
    heldMilliseconds: () => (heldAt === undefined ? 0 : performance.now() - heldAt),
    release: () => free(),
  };
}
