import type { ResourceKind } from '../../domain/resource.ts';
import type { Desired, Observation, Provisioner } from '../../reconcile/provisioner.ts';

/** A provisioner of a kind that owns nothing: whatever is asked of it, it looks; and there is nothing to release. */
export function observing<K extends ResourceKind>(
  kind: K,
  observe: (desired: Desired<K>) => Promise<Observation<K>>,
): Provisioner<K> {
  return { kind, observe, ensure: observe, release: async () => await Promise.resolve({ state: 'absent' }) };
}
