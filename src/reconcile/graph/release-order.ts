import type { ResourceKind } from '../../domain/resource.ts';

/**
 * What must be gone, or at least on its way out, before a kind may be released. The order is AWS's own: a target group
 * cannot go while a rule names it, nor a certificate while a listener holds it; a cluster may go as soon as every
 * instance of it is being deleted (Aurora User Guide, deleting clusters).
 */
export interface After {
  readonly kind: ResourceKind;
  readonly until: 'gone' | 'under-way';
}

const gone = (...kinds: ResourceKind[]): After[] => kinds.map((kind) => ({ kind, until: 'gone' }));

const AFTER: Partial<Record<ResourceKind, readonly After[]>> = {
  'listener-rule': gone('service'),
  'target-group': gone('listener-rule', 'service'),
  'listener-certificate': gone('listener-rule'),
  certificate: gone('listener-certificate'),
  'task-definition': gone('service', 'one-off-task'),
  // A task that is still stopping writes its last lines.
  'log-group': gone('service', 'one-off-task'),
  secret: gone('service', 'one-off-task'),
  parameters: gone('service', 'one-off-task'),
  'clone-cluster': [{ kind: 'clone-instance', until: 'under-way' }],
};

export function releasedAfter(kind: ResourceKind): readonly After[] {
  return AFTER[kind] ?? [];
}
