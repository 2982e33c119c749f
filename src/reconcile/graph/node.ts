import type { OutputsOf, ResourceKind, SpecOf } from '../../domain/resource.ts';

/**
 * What a node waits for: another node to be ready, or only one of its outputs to be known. A clone's endpoint is known
 * minutes before the clone answers, and a task definition needs no more than that.
 */
export interface Need {
  readonly key: string;
  readonly output?: string;
}

/** The outputs of nodes that a node needs. */
export interface Known {
  /** Throws when `key` is not among the node's needs, or is of another kind: a mistake in the plan, never a state of the world. */
  outputs<K extends ResourceKind>(kind: K, key: string): Partial<OutputsOf<K>>;
}

/** One resource of an environment's graph, as it is wanted. */
export interface GraphNode<K extends ResourceKind> {
  /** Unique in the graph: `target-group/api`. Stays the same for the same resource from commit to commit. */
  readonly key: string;
  readonly kind: K;
  readonly name: string;
  /** The step it belongs to, for people: `Clone of the database`. Nodes of one step share it. */
  readonly title: string;
  /** The service it belongs to, if to one. */
  readonly service: string | null;
  readonly needs: readonly Need[];
  /** Called once every need is met. */
  spec(known: Known): SpecOf<K>;
}

export type AnyNode = { [K in ResourceKind]: GraphNode<K> }[ResourceKind];

/** A need on one output: `output('clone-cluster', 'endpoint')`. */
export function output<K extends ResourceKind>(key: string, name: keyof OutputsOf<K> & string): Need {
  return { key, output: name };
}

export function ready(key: string): Need {
  return { key };
}

/** Widens a node of one kind to a node of the graph; the kind says which it is. */
export function node<K extends ResourceKind>(made: GraphNode<K>): AnyNode {
  return made as unknown as AnyNode;
}
