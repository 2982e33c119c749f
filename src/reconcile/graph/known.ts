import type { OutputsOf, ResourceKind } from '../../domain/resource.ts';
import type { Known } from './node.ts';
import { type NodeStanding, outputsOf } from './standing.ts';

/** The outputs of a whole graph at the end of a pass, for what is not a node of it. */
export function knownOf(standings: readonly NodeStanding[]): Known {
  return {
    outputs<K extends ResourceKind>(kind: K, key: string): Partial<OutputsOf<K>> {
      const found = standings.find(({ node }) => node.key === key && node.kind === kind);
      return (found ? outputsOf(found.standing) : {}) as Partial<OutputsOf<K>>;
    },
  };
}
