import type { BudgetNeed } from '../../domain/budget.ts';
import type { SpecOf } from '../../domain/resource.ts';
import type { AnyNode, GraphNode, Known } from '../graph/node.ts';
import type { PlanContext } from './context.ts';

/** What is asked of a spec here is known before anything is made. */
const NOTHING: Known = { outputs: () => ({}) };

/** What an environment takes of what AWS has only so much of. How each is shown: see `BudgetReader`. */
export function budgetNeeds({ platform, source }: PlanContext, nodes: readonly AnyNode[]): BudgetNeed[] {
  const loadBalancer = platform.loadBalancer.arn;
  const certificate = nodes.find((one) => one.kind === 'certificate')?.spec(NOTHING).domainName ?? '';
  return nodes.flatMap((node): BudgetNeed[] => {
    if (node.kind === 'clone-cluster') {
      return [{ kind: 'clones', of: source.identifier, item: node.name }];
    }
    if (node.kind === 'target-group') {
      return [{ kind: 'target-groups', of: loadBalancer, item: node.name }];
    }
    if (node.kind === 'listener-rule') {
      return [{ kind: 'listener-rules', of: loadBalancer, item: ruleItem(node) }];
    }
    return node.kind === 'listener-certificate'
      ? [{ kind: 'listener-certificates', of: loadBalancer, item: certificateItem(node, certificate) }]
      : [];
  });
}

function ruleItem(node: GraphNode<'listener-rule'>): string {
  const { listenerArn, hosts }: SpecOf<'listener-rule'> = node.spec(NOTHING);
  return [listenerArn, ...hosts.map((host) => host.toLowerCase()).toSorted()].join(' ');
}

function certificateItem(node: GraphNode<'listener-certificate'>, domainName: string): string {
  return `${node.spec(NOTHING).listenerArn} ${domainName.toLowerCase()}`;
}
