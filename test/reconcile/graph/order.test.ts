import { describe, expect, it } from '@jest/globals';
import { type AnyNode, node, ready } from '../../../src/reconcile/graph/node.ts';
import { inOrder } from '../../../src/reconcile/graph/order.ts';

function plain(key: string, ...needs: string[]): AnyNode {
  const [kind, title, service] = ['secret', '', null] as const;
  return node({ key, kind, name: key, title, service, needs: needs.map(ready), spec: () => ({}) as never });
}

describe('the order of a plan', () => {
  it('has each node after all it needs', () => {
    const nodes = [plain('c', 'a', 'b'), plain('b', 'a'), plain('a')];
    expect(inOrder(nodes).map(({ key }) => key)).toEqual(['a', 'b', 'c']);
  });

  it.each([
    { wrong: 'a need that no node meets', nodes: [plain('a', 'b')], says: 'a needs b, which no plan holds' },
    { wrong: 'a circle', nodes: [plain('a', 'b'), plain('b', 'a')], says: 'a plan goes in a circle: a → b → a' },
    { wrong: 'a key of two nodes', nodes: [plain('a'), plain('a')], says: 'share a key' },
  ])('is refused for $wrong', ({ nodes, says }) => {
    expect(() => inOrder(nodes)).toThrow(says);
  });
});
