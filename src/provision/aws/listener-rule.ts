import {
  type Action,
  CreateRuleCommand,
  DeleteRuleCommand,
  ModifyRuleCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { TerminalError, TransientError } from '../../domain/failure.ts';
import type { SpecOf } from '../../domain/resource.ts';
import { isSameSignIn } from '../../domain/sign-in.ts';
import { provesOwnership, TAG_KEYS } from '../../domain/tags.ts';
import type { Desired, Observation, Provisioner, Release, Released } from '../../reconcile/provisioner.ts';
import type { Elb } from './elb-tags.ts';
import { ask } from './errors.ts';
import { nameTaken, notOurs, provesNamed, toTagList } from './ownership.ts';
import { describeRule, type ListenerRule, listListenerArns, listRules } from './rules.ts';
import { createSerial } from './serial.ts';

type Seen = Observation<'listener-rule'>;
type Spec = SpecOf<'listener-rule'>;

/** Below it is the platform's own. */
const FIRST_PRIORITY = 100;
const LAST_PRIORITY = 50_000;
/** A rule takes five condition values in all (Elastic Load Balancing quotas). */
const MAX_VALUES = 5;
/** Another process may take the priority between the look and the create. */
const ATTEMPTS = 5;

/** Sends an environment's hosts to one of its target groups. Rules have no names: ours carries its own as a tag. */
export function createListenerRuleProvisioner({ elb }: { elb: Elb }): Provisioner<'listener-rule'> {
  const serial = createSerial();

  async function observe(desired: Desired<'listener-rule'>): Promise<Seen> {
    const rule = await find(elb, desired);
    return rule ? seen(rule, desired.spec) : { state: 'absent' };
  }

  async function ensure(desired: Desired<'listener-rule'>): Promise<Seen> {
    const { spec } = desired;
    const values = spec.hosts.length + spec.sourceCidrs.length;
    if (spec.hosts.length === 0 || values > MAX_VALUES) {
      const message = `A listener rule takes 1 to ${MAX_VALUES} hosts and source ranges together, not ${values}.`;
      throw new TerminalError('RuleTooLarge', message, { actor: 'author' });
    }
    // Environments made at the same time would all find the same priority free.
    return await serial.run(spec.listenerArn, async () => await place(elb, desired));
  }

  async function release(released: Released<'listener-rule'>): Promise<Release> {
    const rules = await findAll(elb, released);
    for (const { arn } of rules) {
      await ask('deleting the rule', () => elb.send(new DeleteRuleCommand({ RuleArn: arn })), {
        on: { 'not-found': () => undefined },
      });
    }
    return rules.length === 0
      ? { state: 'absent' }
      : { state: 'releasing', underWay: true, waitingFor: 'the listener rule to be gone', requeueAfterSeconds: 1 };
  }

  return { kind: 'listener-rule', observe, ensure, release };
}

/** The remembered rule, or else the first of the listener that carries our name. */
async function find(
  elb: Elb,
  { name, spec, environment, recorded }: Desired<'listener-rule'>,
): Promise<ListenerRule | undefined> {
  const remembered = recorded?.arn === undefined ? undefined : await describeRule(elb, recorded.arn);
  if (remembered && provesNamed({ tags: remembered.tags, environment, name })) {
    return remembered;
  }
  const mayBeOurs = suspicion({ environment, recorded, hosts: spec.hosts });
  return ownOf(await listRules(elb, spec.listenerArn, mayBeOurs), { name, environment })[0];
}

/**
 * Which rules of a listener can be the environment's, or in its way: a host of ours and a target group of ours both hold
 * its name, so that a rule changed by hand in one of the two is still found.
 */
function suspicion({
  environment,
  recorded,
  hosts = [],
}: Pick<Released<'listener-rule'>, 'environment' | 'recorded'> & { hosts?: readonly string[] }): (
  rule: ListenerRule,
) => boolean {
  const wanted = new Set(hosts.map((host) => host.toLowerCase()));
  return ({ arn, hosts: found, targetGroupArn = '' }) =>
    arn === recorded?.arn ||
    targetGroupArn.includes(environment.name) ||
    found.some((host) => host.includes(environment.name) || wanted.has(host));
}

/** Creates are not idempotent, so there may be two of ours. The one with the lowest priority is the one in force. */
function ownOf(
  rules: readonly ListenerRule[],
  { name, environment }: Pick<Released, 'name' | 'environment'>,
): ListenerRule[] {
  const own = rules.filter(({ tags }) => provesNamed({ tags, environment, name }));
  return own.toSorted((a, b) => a.priority - b.priority);
}

async function findAll(
  elb: Elb,
  { name, environment, spec, recorded }: Released<'listener-rule'>,
): Promise<ListenerRule[]> {
  const remembered = recorded?.arn === undefined ? undefined : await describeRule(elb, recorded.arn);
  if (remembered && !provesOwnership(remembered.tags, environment)) {
    throw notOurs(`the listener rule ${name}`, environment);
  }
  const listeners = spec ? [spec.listenerArn] : await listListenerArns(elb);
  const mayBeOurs = suspicion({ environment, recorded });
  const rules = new Map(remembered ? [[remembered.arn, remembered]] : []);
  for (const listener of listeners) {
    for (const rule of ownOf(await listRules(elb, listener, mayBeOurs), { name, environment })) {
      rules.set(rule.arn, rule);
    }
  }
  return [...rules.values()];
}

function seen(rule: ListenerRule, spec: Spec): Seen {
  const outputs = { arn: rule.arn, priority: rule.priority };
  const drift = driftOf(rule, spec);
  return drift.length === 0 ? { state: 'ready', outputs } : { state: 'drifted', outputs, drift };
}

function driftOf(rule: ListenerRule, spec: Spec): string[] {
  const drift: string[] = [];
  if (
    rule.hosts.join() !==
    spec.hosts
      .map((host) => host.toLowerCase())
      .toSorted()
      .join()
  ) {
    drift.push('hosts');
  }
  if (rule.sourceCidrs.join() !== spec.sourceCidrs.toSorted().join()) {
    drift.push('source ranges');
  }
  if (rule.targetGroupArn !== spec.targetGroupArn) {
    drift.push('target group');
  }
  if (!isSameSignIn(rule.signIn, spec.signIn)) {
    drift.push('sign-in');
  }
  return drift;
}

/** Corrects our rule, or creates it at the lowest free priority, so that holes are used again. */
async function place(elb: Elb, desired: Desired<'listener-rule'>): Promise<Seen> {
  const { name, spec, environment, recorded } = desired;
  const mayBeOurs = suspicion({ environment, recorded, hosts: spec.hosts });
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const rules = await listRules(elb, spec.listenerArn, mayBeOurs);
    refuseTakenHosts(rules, desired);
    const [rule] = ownOf(rules, { name, environment });
    if (rule) {
      return await correct(elb, rule, spec);
    }
    const created = await create(elb, desired, freePriority(rules));
    if (created) {
      return { state: 'ready', outputs: created };
    }
  }
  throw new TransientError('NotReady', `Every priority tried for the listener rule ${name} went to somebody else.`);
}

/** The lower priority would win, and one of the two would never see a request. */
function refuseTakenHosts(rules: readonly ListenerRule[], { spec, environment }: Desired<'listener-rule'>): void {
  for (const host of spec.hosts) {
    const other = rules.find(
      ({ hosts, tags }) => hosts.includes(host.toLowerCase()) && !provesOwnership(tags, environment),
    );
    if (other) {
      throw nameTaken(`a listener rule for ${host}`, environment);
    }
  }
}

function freePriority(rules: readonly ListenerRule[]): number {
  const taken = new Set(rules.map(({ priority }) => priority));
  for (let priority = FIRST_PRIORITY; priority <= LAST_PRIORITY; priority += 1) {
    if (!taken.has(priority)) {
      return priority;
    }
  }
  throw new TerminalError('QuotaExceeded', 'The listener has no priority left for another rule.', {
    actor: 'operator',
  });
}

async function correct(elb: Elb, rule: ListenerRule, spec: Spec): Promise<Seen> {
  if (driftOf(rule, spec).length > 0) {
    await ask('correcting the rule', () =>
      elb.send(new ModifyRuleCommand({ RuleArn: rule.arn, ...conditionsAndActions(spec) })),
    );
  }
  return { state: 'ready', outputs: { arn: rule.arn, priority: rule.priority } };
}

/** Undefined when the priority was taken meanwhile. */
async function create(
  elb: Elb,
  { name, spec, tags }: Desired<'listener-rule'>,
  priority: number,
): Promise<{ arn: string; priority: number } | undefined> {
  const created = await ask(
    `creating the listener rule ${name}`,
    () =>
      elb.send(
        new CreateRuleCommand({
          ListenerArn: spec.listenerArn,
          Priority: priority,
          ...conditionsAndActions(spec),
          Tags: toTagList({ ...tags, [TAG_KEYS.name]: name }),
        }),
      ),
    { on: { 'priority-in-use': () => undefined } },
  );
  const arn = created?.Rules?.[0]?.RuleArn;
  return arn === undefined ? undefined : { arn, priority };
}

function conditionsAndActions({ hosts, sourceCidrs, targetGroupArn, signIn }: Spec) {
  return {
    Conditions: [
      { Field: 'host-header', HostHeaderConfig: { Values: hosts } },
      ...(sourceCidrs.length === 0 ? [] : [{ Field: 'source-ip', SourceIpConfig: { Values: sourceCidrs } }]),
    ],
    Actions: actionsOf({ targetGroupArn, signIn }),
  };
}

/** Several actions need an order, lowest first (Action, Elastic Load Balancing API reference). */
function actionsOf({ targetGroupArn, signIn }: { targetGroupArn: string; signIn: Spec['signIn'] }): Action[] {
  if (!signIn) {
    return [{ Type: 'forward', TargetGroupArn: targetGroupArn }];
  }
  const config = {
    UserPoolArn: signIn.userPoolArn,
    UserPoolClientId: signIn.userPoolClientId,
    UserPoolDomain: signIn.userPoolDomain,
    OnUnauthenticatedRequest: 'authenticate' as const,
  };
  return [
    { Type: 'authenticate-cognito', Order: 1, AuthenticateCognitoConfig: config },
    { Type: 'forward', Order: 2, TargetGroupArn: targetGroupArn },
  ];
}
