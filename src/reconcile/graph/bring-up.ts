import type { OutputsOf, ResourceKind } from '../../domain/resource.ts';
import { type Attending, attend } from './attend.ts';
import type { AnyNode, GraphNode, Known } from './node.ts';
import { type NodeStanding, outputsOf, type Standing } from './standing.ts';
import { allEnded, onceEach } from './visits.ts';

/** Kinds that take minutes where others take seconds. */
const SLOWEST: readonly ResourceKind[] = ['clone-cluster', 'clone-instance'];

/**
 * Takes every step towards the graph that can be taken now, as parallel as the graph allows: a node is visited as soon
 * as what it needs is met in this very pass. Waits for no AWS resource. Safe to run again from the top at any point.
 * Throws `SupersededError` when the intent changed on the way.
 */
export async function bringUp(nodes: readonly AnyNode[], attending: Attending): Promise<readonly NodeStanding[]> {
  const byKey = new Map(nodes.map((node) => [node.key, node]));
  const visit = onceEach(visitOnce);

  async function visitOnce(node: AnyNode): Promise<Standing> {
    const needed = new Map<string, Standing>();
    await Promise.all(
      node.needs.map(async ({ key }) => {
        const other = byKey.get(key);
        if (other) {
          needed.set(key, await visit(other));
        }
      }),
    );
    const unmet = node.needs.filter(({ key, output }) => !isMet(needed.get(key), output)).map(({ key }) => key);
    if (unmet.length > 0) {
      return { state: 'blocked', on: unmet };
    }
    const standing = await attend(node as unknown as GraphNode<ResourceKind>, knownFrom(needed, byKey), attending);
    if (standing.state === 'ready') {
      await attending.onReady?.(node.key);
    }
    return standing;
  }

  // The slowest is asked for first: everything else is ready before it, and must not stand in its way.
  await Promise.allSettled(nodes.filter(({ kind }) => SLOWEST.includes(kind)).map(visit));
  return await allEnded(nodes.map(async (node) => ({ node, standing: await visit(node) })));
}

function isMet(standing: Standing | undefined, output: string | undefined): boolean {
  if (standing?.state === 'ready') {
    return true;
  }
  const value = standing && output !== undefined ? outputsOf(standing)[output] : undefined;
  return value !== undefined && value !== null;
}

function knownFrom(needed: ReadonlyMap<string, Standing>, byKey: ReadonlyMap<string, AnyNode>): Known {
  return {
    outputs<K extends ResourceKind>(kind: K, key: string): Partial<OutputsOf<K>> {
      const standing = needed.get(key);
      if (!standing || byKey.get(key)?.kind !== kind) {
        throw new Error(`a spec asks for the outputs of ${kind} ${key}, which its node does not need`);
      }
      return outputsOf(standing) as Partial<OutputsOf<K>>;
    },
  };
}
