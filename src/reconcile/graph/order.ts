import type { AnyNode } from './node.ts';

/** Nodes in an order in which each stands after all it needs. Throws on a need that no node meets and on a circle. */
export function inOrder(nodes: readonly AnyNode[]): readonly AnyNode[] {
  const byKey = new Map(nodes.map((node) => [node.key, node]));
  if (byKey.size !== nodes.length) {
    throw new Error(`two nodes of one plan share a key: ${nodes.map(({ key }) => key).join(', ')}`);
  }
  const done = new Set<string>();
  const ordered: AnyNode[] = [];

  function visit(node: AnyNode, path: readonly string[]): void {
    if (path.includes(node.key)) {
      throw new Error(`a plan goes in a circle: ${[...path, node.key].join(' → ')}`);
    }
    if (done.has(node.key)) {
      return;
    }
    for (const { key } of node.needs) {
      const needed = byKey.get(key);
      if (!needed) {
        throw new Error(`${node.key} needs ${key}, which no plan holds`);
      }
      visit(needed, [...path, node.key]);
    }
    done.add(node.key);
    ordered.push(node);
  }

  for (const node of nodes) {
    visit(node, []);
  }
  return ordered;
}
