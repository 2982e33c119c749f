import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import type { Rule } from './state.ts';

export function ruleOf(world: World, arn: string | undefined): Rule {
  const rule = arn === undefined ? undefined : world.elbv2.rules.get(arn);
  if (!rule) {
    throw new Refusal('RuleNotFoundException', 'One or more rules not found');
  }
  return rule;
}

/** The rules of a listener in the order in which they are tried; the default rule is last. */
export function rulesInOrder(world: World, listenerArn: string): Rule[] {
  const rules = [...world.elbv2.rules.values()].filter((rule) => rule.listenerArn === listenerArn);
  return rules.toSorted((a, b) => orderOf(a) - orderOf(b));
}

const orderOf = ({ priority }: Rule): number => (priority === 'default' ? Number.MAX_SAFE_INTEGER : priority);

export function defaultRuleOf(world: World, listenerArn: string): Rule | undefined {
  return rulesInOrder(world, listenerArn).find((rule) => rule.priority === 'default');
}
