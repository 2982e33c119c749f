import type { RunLink } from '../workflow-run.ts';
import type { Failure } from './failing.ts';
import type { AnyNode } from './node.ts';

/** Where one node stands at the end of a pass. */
export type Standing =
  | { readonly state: 'ready'; readonly outputs: Readonly<Record<string, unknown>> }
  | {
      readonly state: 'pending';
      readonly outputs: Readonly<Record<string, unknown>>;
      readonly waitingFor: string;
      /** The run that is building what it waits for. */
      readonly building?: RunLink;
    }
  /** Waits for other nodes. */
  | { readonly state: 'blocked'; readonly on: readonly string[] }
  | { readonly state: 'failed'; readonly outputs: Readonly<Record<string, unknown>>; readonly failure: Failure };

export interface NodeStanding {
  readonly node: AnyNode;
  readonly standing: Standing;
}

/** What is known of a node whatever its state; empty while it is blocked. */
export function outputsOf(standing: Standing): Readonly<Record<string, unknown>> {
  return standing.state === 'blocked' ? {} : standing.outputs;
}

/** Every node that people wait for is ready; tags follow in their own time. */
export function isServing(standings: readonly NodeStanding[]): boolean {
  return standings.every(({ node, standing }) => standing.state === 'ready' || node.kind === 'resource-tags');
}
