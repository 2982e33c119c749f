import type { OutputsOf } from '../../src/domain/resource.ts';
import type { Desired, Provisioner, Provisioners } from '../../src/reconcile/provisioner.ts';

/** What needs a running task. moto records services and tasks, and runs none (its ECS answers for ever that nothing runs). */
const KINDS = ['one-off-task', 'rollout', 'target-health', 'smoke'] as const;
type Unobservable = (typeof KINDS)[number];

/** An address of the block that is reserved for documentation (RFC 5737). */
const NO_ADDRESS = '192.0.2.1';

export interface NotObservable {
  adapt(provisioners: Provisioners): Provisioners;
  /** Keys of what was taken for granted, sorted. */
  keys(): string[];
}

/** Takes for granted, and lists by name, what cannot be seen on an AWS that runs no tasks. Everything else is done for real. */
export function createNotObservable(): NotObservable {
  const taken = new Set<string>();

  function granted<K extends Unobservable>(kind: K, outputsOf: (desired: Desired<K>) => OutputsOf<K>): Provisioner<K> {
    return {
      kind,
      async observe(desired) {
        taken.add(desired.key);
        return { state: 'ready', outputs: outputsOf(desired) };
      },
      ensure: async (desired) => ({ state: 'ready', outputs: outputsOf(desired) }),
      release: async () => ({ state: 'absent' }),
    };
  }

  return {
    adapt: (provisioners) => ({
      ...provisioners,
      'one-off-task': granted('one-off-task', ({ spec }) => ({
        runKey: spec.runKey,
        taskArn: '',
        exitCode: 0,
        finished: true,
      })),
      rollout: granted('rollout', ({ spec }) => ({
        taskDefinitionArn: spec.taskDefinitionArn,
        redeploys: spec.redeploys,
        addresses: [NO_ADDRESS],
      })),
      'target-health': granted('target-health', () => ({ healthy: 0 })),
      smoke: granted('smoke', ({ spec }) => ({ runKey: spec.runKey })),
    }),
    keys: () => [...taken].sort(),
  };
}
