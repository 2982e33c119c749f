import {
  type Action,
  CreateListenerCommand,
  DeleteRuleCommand,
  DescribeListenersCommand,
  DescribeRulesCommand,
  ModifyListenerCommand,
  ModifyRuleCommand,
  SetRulePrioritiesCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { describe, expect, it } from '@jest/globals';
import { NOT_FOUND_ACTION, refusalOf, type SharedLoadBalancer, startWithLoadBalancer } from './shared-load-balancer.ts';

async function prioritiesOf({ elb, listenerArn }: SharedLoadBalancer): Promise<(string | undefined)[]> {
  const { Rules = [] } = await elb.send(new DescribeRulesCommand({ ListenerArn: listenerArn }));
  return Rules.map(({ Priority }) => Priority);
}

const host = (...Values: string[]) => [{ Field: 'host-header', Values }];

describe('listener rules', () => {
  it('are listed by priority as strings, the default rule last', async () => {
    const shared = await startWithLoadBalancer();
    await shared.createRule({ Priority: 1000 });
    await shared.createRule({ Priority: 9 });

    expect(await prioritiesOf(shared)).toEqual(['9', '1000', 'default']);
  });

  it('come in pages that stay true while rules are deleted between them', async () => {
    const { elb, listenerArn, createRule } = await startWithLoadBalancer();
    const first = await createRule({ Priority: 1 });
    await createRule({ Priority: 2 });
    await createRule({ Priority: 3 });

    const page = await elb.send(new DescribeRulesCommand({ ListenerArn: listenerArn, PageSize: 2 }));
    await elb.send(new DeleteRuleCommand({ RuleArn: first }));
    const Marker = page.NextMarker;
    const rest = await elb.send(new DescribeRulesCommand({ ListenerArn: listenerArn, PageSize: 2, Marker }));

    expect(page.Rules?.map(({ Priority }) => Priority)).toEqual(['1', '2']);
    expect(rest.Rules?.map(({ Priority }) => Priority)).toEqual(['3', 'default']);
    expect(rest.NextMarker).toBeUndefined();
  });

  it('are asked for at most 400 at a time', async () => {
    const { elb, listenerArn } = await startWithLoadBalancer();
    expect(await refusalOf(elb.send(new DescribeRulesCommand({ ListenerArn: listenerArn, PageSize: 401 })))).toBe(
      'ValidationError',
    );
  });

  it('cannot share a priority', async () => {
    const { createRule } = await startWithLoadBalancer();
    await createRule({ Priority: 10 });
    expect(await refusalOf(createRule({ Priority: 10 }))).toBe('PriorityInUseException');
  });

  it('may say the same at two priorities, for creating one is not idempotent', async () => {
    const shared = await startWithLoadBalancer();
    const first = await shared.createRule({ Priority: 10 });
    expect(await shared.createRule({ Priority: 11 })).not.toBe(first);
  });

  it.each([
    { Priority: 0, code: 'ValidationError' },
    { Priority: 1, code: undefined },
    { Priority: 50_000, code: undefined },
    { Priority: 50_001, code: 'ValidationError' },
  ])('have priorities from 1 to 50000: $Priority', async ({ Priority, code }) => {
    const { createRule } = await startWithLoadBalancer();
    expect(await refusalOf(createRule({ Priority }))).toBe(code);
  });

  it('number at most 100 on a load balancer, default rules apart', async () => {
    const { createRule } = await startWithLoadBalancer();
    for (let Priority = 1; Priority <= 100; Priority++) {
      await createRule({ Priority });
    }
    expect(await refusalOf(createRule({ Priority: 101 }))).toBe('TooManyRulesException');
  });

  it('forward to at most 100 different target groups on a load balancer', async () => {
    const { createRule, createTargetGroup } = await startWithLoadBalancer();
    const names = Array.from({ length: 101 }, (_, index) => `pr-${index}`);
    const forwards = [];
    for (const Name of names) {
      forwards.push({ TargetGroupArn: await createTargetGroup({ Name }) });
    }
    for (let from = 0; from < 100; from += 5) {
      const TargetGroups = forwards.slice(from, from + 5);
      await createRule({ Priority: from + 1, Actions: [{ Type: 'forward', ForwardConfig: { TargetGroups } }] });
    }
    const Actions = [{ Type: 'forward' as const, ...forwards[100] }];
    expect(await refusalOf(createRule({ Priority: 200, Actions }))).toBe(
      'TooManyUniqueTargetGroupsPerLoadBalancerException',
    );
    expect(
      await refusalOf(createRule({ Priority: 200, Actions: [{ Type: 'forward', ...forwards[0] }] })),
    ).toBeUndefined();
  });

  it.each([
    { Conditions: host('a.example', 'b.example', 'c.example', 'd.example', 'e.example'), code: undefined, reason: '5' },
    {
      Conditions: [
        ...host('a.example', 'b.example', 'c.example', 'd.example'),
        { Field: 'path-pattern', Values: ['/a', '/b'] },
      ],
      code: 'ValidationError',
      reason: '6 values over two conditions',
    },
    {
      Conditions: [...host('a.example'), ...host('b.example')],
      code: 'ValidationError',
      reason: 'two host conditions',
    },
    { Conditions: host('*.*.*.*.*.*.*.example'), code: 'ValidationError', reason: '7 wildcards' },
    { Conditions: host('localhost'), code: 'ValidationError', reason: 'a host without a dot' },
    { Conditions: host('api.example:8080'), code: 'ValidationError', reason: 'a port' },
    { Conditions: host('10.0.0.1'), code: 'ValidationError', reason: 'digits after the last dot' },
    { Conditions: host('my_api.example'), code: 'ValidationError', reason: 'an underscore' },
    { Conditions: host(`${'a'.repeat(121)}.example`), code: 'ValidationError', reason: '129 characters' },
    { Conditions: host(`${'a'.repeat(120)}.example`), code: undefined, reason: '128 characters' },
    { Conditions: [], code: 'ValidationError', reason: 'no condition' },
    {
      Conditions: [{ Field: 'source-ip', SourceIpConfig: { Values: ['10.0.0.1'] } }],
      code: 'ValidationError',
      reason: 'no mask',
    },
    {
      Conditions: [{ Field: 'source-ip', SourceIpConfig: { Values: ['10.0.0.0/8'] } }],
      code: undefined,
      reason: 'a range',
    },
  ])('with $reason as conditions: $code', async ({ Conditions, code }) => {
    const { createRule } = await startWithLoadBalancer();
    expect(await refusalOf(createRule({ Priority: 1, Conditions }))).toBe(code);
  });

  it('give a host back in both forms, however it was written', async () => {
    const { elb, createRule } = await startWithLoadBalancer();
    const long = { Field: 'host-header', HostHeaderConfig: { Values: ['api.example'] } };
    const RuleArns = [
      await createRule({ Priority: 1, Conditions: [long] }),
      await createRule({ Priority: 2, Conditions: host('api.example') }),
    ];

    const { Rules } = await elb.send(new DescribeRulesCommand({ RuleArns }));

    const both = [{ ...long, Values: ['api.example'] }];
    expect(Rules?.map(({ Conditions }) => Conditions)).toEqual([both, both]);
  });

  it('cannot forward to a target group that is not there', async () => {
    const { createRule } = await startWithLoadBalancer();
    const TargetGroupArn = 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/gone/0123456789abcdef';
    expect(await refusalOf(createRule({ Priority: 1, Actions: [{ Type: 'forward', TargetGroupArn }] }))).toBe(
      'TargetGroupNotFoundException',
    );
  });

  it('cannot redirect to where the request came from', async () => {
    const { createRule } = await startWithLoadBalancer();
    const Actions = [{ Type: 'redirect' as const, RedirectConfig: { StatusCode: 'HTTP_301' as const } }];
    expect(await refusalOf(createRule({ Priority: 1, Actions }))).toBe('InvalidLoadBalancerActionException');
  });

  it('are replaced by the list in modify, and left alone where it has none', async () => {
    const { elb, createRule } = await startWithLoadBalancer();
    const RuleArn = await createRule({ Priority: 1 });

    const { Rules } = await elb.send(new ModifyRuleCommand({ RuleArn, Conditions: host('web.example') }));

    expect(Rules?.[0]).toMatchObject({ Priority: '1', Actions: [NOT_FOUND_ACTION] });
    expect(Rules?.[0]?.Conditions?.[0]?.Values).toEqual(['web.example']);
  });

  it('can swap priorities in one call, and none moves when one cannot', async () => {
    const shared = await startWithLoadBalancer();
    const [one, two] = [await shared.createRule({ Priority: 1 }), await shared.createRule({ Priority: 2 })];
    await shared.createRule({ Priority: 3 });
    const move = async (moves: [string, number][]) =>
      await refusalOf(
        shared.elb.send(
          new SetRulePrioritiesCommand({
            RulePriorities: moves.map(([RuleArn, Priority]) => ({ RuleArn, Priority })),
          }),
        ),
      );

    expect(
      await move([
        [one, 2],
        [two, 1],
      ]),
    ).toBeUndefined();
    expect(shared.aws.world.elbv2.rules.get(one)?.priority).toBe(2);
    expect(
      await move([
        [one, 4],
        [two, 3],
      ]),
    ).toBe('PriorityInUseException');
    expect(shared.aws.world.elbv2.rules.get(one)?.priority).toBe(2);
  });

  it('are gone once deleted: a second time is RuleNotFound', async () => {
    const { elb, createRule } = await startWithLoadBalancer();
    const RuleArn = await createRule({ Priority: 1 });
    await elb.send(new DeleteRuleCommand({ RuleArn }));
    expect(await refusalOf(elb.send(new DeleteRuleCommand({ RuleArn })))).toBe('RuleNotFoundException');
  });

  it('of the default kind can be neither deleted nor modified as rules', async () => {
    const { elb, listenerArn } = await startWithLoadBalancer();
    const { Rules } = await elb.send(new DescribeRulesCommand({ ListenerArn: listenerArn }));
    const RuleArn = Rules?.find(({ IsDefault }) => IsDefault)?.RuleArn ?? '';

    expect(await refusalOf(elb.send(new DeleteRuleCommand({ RuleArn })))).toBe('OperationNotPermittedException');
    expect(await refusalOf(elb.send(new ModifyRuleCommand({ RuleArn, Actions: [NOT_FOUND_ACTION] })))).toBe(
      'OperationNotPermittedException',
    );
  });
});

describe('the default action of a listener', () => {
  it('is part of what two creates of a listener must have in common to make one', async () => {
    const { elb, loadBalancerArn: LoadBalancerArn, listenerArn } = await startWithLoadBalancer();
    const create = async (action: Action) =>
      await elb.send(
        new CreateListenerCommand({ LoadBalancerArn, Port: 80, Protocol: 'HTTP', DefaultActions: [action] }),
      );
    expect((await create(NOT_FOUND_ACTION)).Listeners?.map(({ ListenerArn }) => ListenerArn)).toEqual([listenerArn]);
    const gone = { ...NOT_FOUND_ACTION, FixedResponseConfig: { StatusCode: '410' } };
    expect(await refusalOf(create(gone))).toBe('DuplicateListenerException');
    const { Listeners } = await elb.send(new DescribeListenersCommand({ LoadBalancerArn }));
    expect(Listeners).toHaveLength(1);
  });

  it('changes with ModifyListener', async () => {
    const { elb, listenerArn } = await startWithLoadBalancer();
    const DefaultActions = [{ Type: 'fixed-response' as const, FixedResponseConfig: { StatusCode: '503' } }];
    await elb.send(new ModifyListenerCommand({ ListenerArn: listenerArn, DefaultActions }));

    const { Listeners } = await elb.send(new DescribeListenersCommand({ ListenerArns: [listenerArn] }));

    expect(Listeners?.[0]?.DefaultActions).toEqual(DefaultActions);
  });
});
