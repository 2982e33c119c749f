import type { Action } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Elbv2State, Rule } from './state.ts';

/** Every target group that the actions forward to. */
export function targetGroupsOf(actions: readonly Action[]): string[] {
  const arns = actions.flatMap((action) => [
    action.TargetGroupArn,
    ...(action.ForwardConfig?.TargetGroups ?? []).map((tuple) => tuple.TargetGroupArn),
  ]);
  return [...new Set(arns.filter((arn) => arn !== undefined))];
}

/** The rules, default ones among them, that forward to the target group. */
function rulesUsing(state: Elbv2State, targetGroupArn: string): Rule[] {
  return [...state.rules.values()].filter((rule) => targetGroupsOf(rule.actions).includes(targetGroupArn));
}

/** A target group is never on two load balancers at once, so there is at most one. */
export function loadBalancerUsing(state: Elbv2State, targetGroupArn: string): string | undefined {
  const [rule] = rulesUsing(state, targetGroupArn);
  return rule && state.listeners.get(rule.listenerArn)?.loadBalancerArn;
}

/** Every rule of every listener of the load balancer, default ones among them. */
export function rulesOfLoadBalancer(state: Elbv2State, loadBalancerArn: string): Rule[] {
  return [...state.rules.values()].filter(
    (rule) => state.listeners.get(rule.listenerArn)?.loadBalancerArn === loadBalancerArn,
  );
}
