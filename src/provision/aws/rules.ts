import {
  type Action,
  DescribeListenersCommand,
  DescribeLoadBalancersCommand,
  DescribeRulesCommand,
  type Rule,
  type RuleCondition,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { SignIn } from '../../domain/sign-in.ts';
import { type Elb, elbTags } from './elb-tags.ts';
import { ask } from './errors.ts';
import type { Tags } from './ownership.ts';

/** A rule of a listener, read into what Mayfly asks of one. */
export interface ListenerRule {
  readonly arn: string;
  readonly priority: number;
  readonly hosts: readonly string[];
  readonly sourceCidrs: readonly string[];
  /** Where it forwards to, when it forwards to one target group and does nothing else but ask people to sign in. */
  readonly targetGroupArn: string | undefined;
  /** Where it sends people to sign in, when nobody comes past that. */
  readonly signIn: SignIn | undefined;
  /** None where they were not asked for. */
  readonly tags: Tags;
}

/**
 * Every rule of a listener but its default. Rules have no names, so those that `isTold` are asked for their tags, twenty
 * at a time; the others are shown without. A full listener has a hundred, and all of ELB is asked ten times a second.
 */
export async function listRules(
  elb: Elb,
  listenerArn: string,
  isTold: (rule: ListenerRule) => boolean,
): Promise<ListenerRule[]> {
  const rules: Rule[] = [];
  let Marker: string | undefined;
  do {
    const page = await ask('listing the rules of the listener', () =>
      elb.send(new DescribeRulesCommand({ ListenerArn: listenerArn, Marker })),
    );
    rules.push(...(page.Rules ?? []));
    Marker = page.NextMarker;
  } while (Marker !== undefined && Marker !== '');
  return await withTags(elb, rules.filter(({ IsDefault }) => IsDefault !== true).map(ruleOf), isTold);
}

/** Undefined when the rule is gone. */
export async function describeRule(elb: Elb, arn: string): Promise<ListenerRule | undefined> {
  const found = await ask('describing the rule', () => elb.send(new DescribeRulesCommand({ RuleArns: [arn] })), {
    on: { 'not-found': () => undefined },
  });
  return (await withTags(elb, (found?.Rules ?? []).map(ruleOf), () => true))[0];
}

/** The listeners of every load balancer: where a rule may be whose record is lost. */
export async function listListenerArns(elb: Elb): Promise<string[]> {
  const arns: string[] = [];
  let Marker: string | undefined;
  do {
    const page = await ask('listing the load balancers', () => elb.send(new DescribeLoadBalancersCommand({ Marker })));
    for (const { LoadBalancerArn } of page.LoadBalancers?.filter(({ Type }) => Type === 'application') ?? []) {
      const found = await ask('listing the listeners', () =>
        elb.send(new DescribeListenersCommand({ LoadBalancerArn })),
      );
      arns.push(...(found.Listeners ?? []).map(({ ListenerArn = '' }) => ListenerArn));
    }
    Marker = page.NextMarker;
  } while (Marker !== undefined && Marker !== '');
  return arns;
}

async function withTags(
  elb: Elb,
  rules: readonly ListenerRule[],
  isTold: (rule: ListenerRule) => boolean,
): Promise<ListenerRule[]> {
  const tags = await elbTags(
    elb,
    rules.filter(isTold).map(({ arn }) => arn),
  );
  return rules.map((rule) => ({ ...rule, tags: tags.get(rule.arn) ?? {} }));
}

function ruleOf({ RuleArn = '', Priority, Conditions, Actions }: Rule): ListenerRule {
  const signIn = signInOf(Actions);
  return {
    arn: RuleArn,
    priority: Number(Priority),
    hosts: valuesOf(Conditions, ({ HostHeaderConfig }) => HostHeaderConfig?.Values).map((host) => host.toLowerCase()),
    sourceCidrs: valuesOf(Conditions, ({ SourceIpConfig }) => SourceIpConfig?.Values),
    targetGroupArn: targetOf(Actions, signIn),
    signIn,
    tags: {},
  };
}

function valuesOf(
  conditions: readonly RuleCondition[] | undefined,
  read: (condition: RuleCondition) => readonly string[] | undefined,
): string[] {
  return (conditions ?? []).flatMap((condition) => read(condition) ?? []).toSorted();
}

function targetOf(actions: readonly Action[] | undefined, signIn: SignIn | undefined): string | undefined {
  const [action, ...others] = (actions ?? []).filter(({ Type }) => Type !== 'authenticate-cognito' || !signIn);
  const targets = action?.ForwardConfig?.TargetGroups ?? [];
  if (others.length > 0 || action?.Type !== 'forward' || targets.length > 1) {
    return undefined;
  }
  return action.TargetGroupArn ?? targets[0]?.TargetGroupArn;
}

function signInOf(actions: readonly Action[] | undefined): SignIn | undefined {
  const config = actions?.find(({ Type }) => Type === 'authenticate-cognito')?.AuthenticateCognitoConfig;
  // Set to `allow`, it would let everybody through; the service's default is to ask.
  if (!config || (config.OnUnauthenticatedRequest ?? 'authenticate') !== 'authenticate') {
    return undefined;
  }
  const { UserPoolArn = '', UserPoolClientId = '', UserPoolDomain = '' } = config;
  return { userPoolArn: UserPoolArn, userPoolClientId: UserPoolClientId, userPoolDomain: UserPoolDomain };
}
