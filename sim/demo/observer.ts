import type { AnyNode } from '../../src/reconcile/graph/node.ts';
import type { LocalCloud } from '../local/local-cloud.ts';
import { type CriticalPath, criticalPath } from './critical-path.ts';
import { watchForeignWaits } from './foreign-waits.ts';
import { watchTransitions } from './transitions.ts';

/** Watches the account beside Mayfly: from within, or another AWS from outside. */
export interface Observer {
  /** The longest chain of AWS's own times so far. */
  path(nodes: readonly AnyNode[]): CriticalPath;
  /** Calling it twice is harmless. */
  stop(): void;
}

export function observe({ aws, clients, clock }: LocalCloud): Observer {
  if (!aws) {
    const foreign = watchForeignWaits(clients);
    return { path: () => foreign.longest(), stop: () => foreign.stop() };
  }
  const { world } = aws;
  const transitions = watchTransitions(world, clock);
  return { path: (nodes) => criticalPath(nodes, { world, transitions }), stop: () => transitions.stop() };
}
