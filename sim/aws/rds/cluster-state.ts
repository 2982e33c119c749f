import { Refusal } from '../wire/refusal.ts';
import type { Cluster } from './state.ts';

/** Throws InvalidDBClusterStateFault unless the cluster is in one of these states; `available` is what most calls need. */
export function requireState({ id, status }: Cluster, allowed: readonly string[] = ['available']): void {
  if (!allowed.includes(status)) {
    throw new Refusal(
      'InvalidDBClusterStateFault',
      `DB cluster ${id} is not currently in the available state (it is ${status}).`,
    );
  }
}
