import type {
  CreateRuleInput,
  CreateRuleOutput,
  DeleteRuleInput,
  DescribeRulesInput,
  DescribeRulesOutput,
  ModifyRuleInput,
  ModifyRuleOutput,
  Rule as RuleOutput,
  SetRulePrioritiesInput,
  SetRulePrioritiesOutput,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import { readActions } from './actions.ts';
import { withoutSecrets } from './authentication.ts';
import { listenerOf } from './listener-lookup.ts';
import { loadBalancerOf } from './load-balancer-facts.ts';
import { pageOf } from './paging.ts';
import { quotas } from './quotas.ts';
import { rulesOfLoadBalancer, targetGroupsOf } from './references.ts';
import { readConditions } from './rule-conditions.ts';
import { ruleOf } from './rule-lookup.ts';
import type { Listener, Rule } from './state.ts';
import { forgetTags, readTags, setTags } from './tags.ts';
import { holdReleased } from './target-groups.ts';
import { reviewTargets } from './targets.ts';
import { checkRange, validationError } from './validation-error.ts';

const PRIORITIES = [1, 50_000] as const;

/** Not idempotent: the same conditions at another priority make another rule. */
export function createRule(world: World, input: CreateRuleInput): CreateRuleOutput {
  const listener = listenerOf(world, input.ListenerArn);
  refuseTransforms(input);
  const priority = input.Priority ?? 0;
  checkRange('Priority', priority, PRIORITIES);
  const tags = readTags(input.Tags);
  const conditions = readConditions(input.Conditions ?? []);
  refuseInUse(world, listener.arn, priority);
  refuseTooMany(world, listener);
  const loadBalancer = loadBalancerOf(world, listener.loadBalancerArn);
  const actions = readActions(world, { loadBalancer, listener }, input.Actions ?? []);
  const arn = `${listener.arn.replace(':listener/', ':listener-rule/')}/${world.uniqueHex(16)}`;
  const rule: Rule = { arn, listenerArn: listener.arn, priority, conditions, actions, turn: 0 };
  world.elbv2.rules.set(arn, rule);
  setTags(world, arn, tags);
  reviewTargets(world);
  return { Rules: [describe(rule)] };
}

function refuseTransforms({ Transforms = [] }: Pick<ModifyRuleInput, 'Transforms'>): void {
  if (Transforms.length > 0) {
    throw validationError('The local cloud rewrites no requests: rule transforms are not supported');
  }
}

function refuseInUse(world: World, listenerArn: string, priority: number): void {
  const rules = [...world.elbv2.rules.values()];
  if (rules.some((rule) => rule.listenerArn === listenerArn && rule.priority === priority)) {
    throw new Refusal('PriorityInUseException', `Priority '${priority}' is currently in use`);
  }
}

function refuseTooMany(world: World, { loadBalancerArn }: Listener): void {
  const counted = rulesOfLoadBalancer(world.elbv2, loadBalancerArn).filter((rule) => rule.priority !== 'default');
  const most = quotas['rules-per-application-load-balancer'];
  if (counted.length >= most) {
    throw new Refusal(
      'TooManyRulesException',
      `The maximum number of rules, ${most}, has been reached on load balancer '${loadBalancerArn}'`,
    );
  }
}

/** Ordered by priority, the default rule last. */
export function describeRules(world: World, input: DescribeRulesInput): DescribeRulesOutput {
  const { ListenerArn, RuleArns = [] } = input;
  if ((ListenerArn === undefined) === (RuleArns.length === 0)) {
    throw validationError('Either a listener ARN or rule ARNs must be specified');
  }
  const rules =
    ListenerArn === undefined
      ? RuleArns.map((arn) => ruleOf(world, arn))
      : [...world.elbv2.rules.values()].filter((rule) => rule.listenerArn === listenerOf(world, ListenerArn).arn);
  const { page, NextMarker } = pageOf(rules, sortKey, input);
  return { Rules: page.map(describe), NextMarker };
}

const sortKey = ({ priority, arn }: Rule): string =>
  priority === 'default' ? `default ${arn}` : `${String(priority).padStart(5, '0')} ${arn}`;

/** Replaces the whole list of conditions, of actions, or both; the default rule's actions are ModifyListener's business. */
export function modifyRule(world: World, input: ModifyRuleInput): ModifyRuleOutput {
  const rule = ruleOf(world, input.RuleArn);
  refuseDefault(rule, 'modified');
  refuseTransforms(input);
  const conditions = input.Conditions ? readConditions(input.Conditions) : rule.conditions;
  const listener = listenerOf(world, rule.listenerArn);
  const loadBalancer = loadBalancerOf(world, listener.loadBalancerArn);
  const actions = input.Actions
    ? readActions(world, { loadBalancer, listener, before: rule.actions }, input.Actions)
    : rule.actions;
  const before = targetGroupsOf(rule.actions);
  Object.assign(rule, { conditions, actions });
  holdReleased(world, before);
  reviewTargets(world);
  return { Rules: [describe(rule)] };
}

function refuseDefault(rule: Rule, what: string): void {
  if (rule.priority === 'default') {
    throw new Refusal('OperationNotPermittedException', `Default rule '${rule.arn}' cannot be ${what}`);
  }
}

export function deleteRule(world: World, { RuleArn }: DeleteRuleInput): void {
  const rule = ruleOf(world, RuleArn);
  refuseDefault(rule, 'deleted');
  world.elbv2.rules.delete(rule.arn);
  forgetTags(world, rule.arn);
  holdReleased(world, targetGroupsOf(rule.actions));
  reviewTargets(world);
}

/** All the priorities change at once, so two rules can swap theirs; or none does. */
export function setRulePriorities(
  world: World,
  { RulePriorities = [] }: SetRulePrioritiesInput,
): SetRulePrioritiesOutput {
  const moves = RulePriorities.map(({ RuleArn, Priority = 0 }) => {
    const rule = ruleOf(world, RuleArn);
    refuseDefault(rule, 'moved');
    checkRange('Priority', Priority, PRIORITIES);
    return { rule, priority: Priority };
  });
  const moved = new Map(moves.map(({ rule, priority }) => [rule, priority]));
  for (const { rule, priority } of moves) {
    const isTaken = [...world.elbv2.rules.values()].some(
      (other) =>
        other !== rule && other.listenerArn === rule.listenerArn && (moved.get(other) ?? other.priority) === priority,
    );
    if (isTaken) {
      throw new Refusal('PriorityInUseException', `Priority '${priority}' is currently in use`);
    }
  }
  for (const { rule, priority } of moves) {
    rule.priority = priority;
  }
  return { Rules: moves.map(({ rule }) => describe(rule)) };
}

function describe(rule: Rule): RuleOutput {
  return {
    RuleArn: rule.arn,
    Priority: String(rule.priority),
    Conditions: rule.conditions,
    Actions: withoutSecrets(rule.actions),
    IsDefault: rule.priority === 'default',
  };
}
