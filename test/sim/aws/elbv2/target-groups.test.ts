import {
  AddTagsCommand,
  DeleteRuleCommand,
  DeleteTargetGroupCommand,
  DescribeTagsCommand,
  DescribeTargetGroupAttributesCommand,
  DescribeTargetGroupsCommand,
  ModifyTargetGroupAttributesCommand,
  ModifyTargetGroupCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { describe, expect, it } from '@jest/globals';
import { refusalOf, startWithLoadBalancer } from './shared-load-balancer.ts';

describe('a target group', () => {
  it('comes with the defaults of the API where the call says nothing', async () => {
    const { elb, createTargetGroup } = await startWithLoadBalancer();
    await createTargetGroup({ Name: 'pr-7-api' });

    const { TargetGroups } = await elb.send(new DescribeTargetGroupsCommand({ Names: ['pr-7-api'] }));

    expect(TargetGroups).toEqual([
      expect.objectContaining({
        HealthCheckPath: '/',
        HealthCheckPort: 'traffic-port',
        HealthCheckIntervalSeconds: 30,
        HealthCheckTimeoutSeconds: 6,
        HealthyThresholdCount: 5,
        UnhealthyThresholdCount: 2,
        Matcher: { HttpCode: '200' },
        LoadBalancerArns: [],
      }),
    ]);
  });

  it('is given back when it is created again with the same settings', async () => {
    const { createTargetGroup } = await startWithLoadBalancer();
    const first = await createTargetGroup({ Name: 'pr-7-api', Matcher: { HttpCode: '200-499' } });

    expect(await createTargetGroup({ Name: 'pr-7-api', Matcher: { HttpCode: '200-499' } })).toBe(first);
  });

  it('keeps its name from another with different settings', async () => {
    const { createTargetGroup } = await startWithLoadBalancer();
    await createTargetGroup({ Name: 'pr-7-api' });

    expect(await refusalOf(createTargetGroup({ Name: 'pr-7-api', Port: 9090 }))).toBe(
      'DuplicateTargetGroupNameException',
    );
  });

  it.each([
    { name: 'a'.repeat(33), reason: 'one character too many' },
    { name: '-pr-7', reason: 'a hyphen first' },
    { name: 'pr-7-', reason: 'a hyphen last' },
    { name: 'pr_7', reason: 'an underscore' },
  ])('cannot be called $name: $reason', async ({ name }) => {
    const { createTargetGroup } = await startWithLoadBalancer();
    expect(await refusalOf(createTargetGroup({ Name: name }))).toBe('ValidationError');
  });

  it('can have a name of 32 characters', async () => {
    const { createTargetGroup } = await startWithLoadBalancer();
    expect(await createTargetGroup({ Name: 'a'.repeat(32) })).toContain('a'.repeat(32));
  });

  it.each([
    { settings: { HealthCheckTimeoutSeconds: 30 }, reason: 'a timeout as long as the interval' },
    { settings: { HealthCheckIntervalSeconds: 4 }, reason: 'an interval under 5 s' },
    { settings: { HealthyThresholdCount: 1 }, reason: 'a threshold of 1' },
    { settings: { HealthCheckPath: 'health' }, reason: 'a path without a slash' },
    { settings: { Matcher: { HttpCode: '200-599' } }, reason: 'a matcher that accepts server errors' },
    { settings: { VpcId: 'vpc-unknown' }, reason: 'a VPC that is not there' },
  ])('is refused with $reason', async ({ settings }) => {
    const { createTargetGroup } = await startWithLoadBalancer();
    expect(await refusalOf(createTargetGroup({ Name: 'pr-7-api', ...settings }))).toBe('ValidationError');
  });

  it('that is missing is an error of describe, by name and by ARN', async () => {
    const { elb, createTargetGroup } = await startWithLoadBalancer();
    const arn = await createTargetGroup({ Name: 'pr-7-api' });

    expect(await refusalOf(elb.send(new DescribeTargetGroupsCommand({ Names: ['pr-7-api', 'pr-8-api'] })))).toBe(
      'TargetGroupNotFoundException',
    );
    expect(await refusalOf(elb.send(new DescribeTargetGroupsCommand({ TargetGroupArns: [`${arn}0`] })))).toBe(
      'TargetGroupNotFoundException',
    );
  });

  it('names the load balancer whose rule forwards to it', async () => {
    const { elb, createTargetGroup, createRule, loadBalancerArn } = await startWithLoadBalancer();
    const arn = await createTargetGroup({ Name: 'pr-7-api' });
    await createTargetGroup({ Name: 'pr-8-api' });
    await createRule({ Priority: 10, Actions: [{ Type: 'forward', TargetGroupArn: arn }] });

    const { TargetGroups } = await elb.send(new DescribeTargetGroupsCommand({ LoadBalancerArn: loadBalancerArn }));

    expect(TargetGroups?.map((group) => [group.TargetGroupName, group.LoadBalancerArns])).toEqual([
      ['pr-7-api', [loadBalancerArn]],
    ]);
  });

  it('cannot be deleted while a rule forwards to it, nor just after', async () => {
    const { aws, clock, elb, createTargetGroup, createRule } = await startWithLoadBalancer();
    const arn = await createTargetGroup({ Name: 'pr-7-api' });
    const ruleArn = await createRule({ Priority: 10, Actions: [{ Type: 'forward', TargetGroupArn: arn }] });
    const deletion = async () => await refusalOf(elb.send(new DeleteTargetGroupCommand({ TargetGroupArn: arn })));

    expect(await deletion()).toBe('ResourceInUseException');
    await elb.send(new DeleteRuleCommand({ RuleArn: ruleArn }));
    expect(await deletion()).toBe('ResourceInUseException');
    clock.advance(aws.world.durations.targetGroupReleased);
    expect(await deletion()).toBeUndefined();
    expect(await deletion()).toBeUndefined();
    expect(aws.world.elbv2.targetGroups.size).toBe(0);
  });

  it('takes a new health check and new attributes', async () => {
    const { elb, createTargetGroup } = await startWithLoadBalancer();
    const TargetGroupArn = await createTargetGroup({ Name: 'pr-7-api' });
    await elb.send(new ModifyTargetGroupCommand({ TargetGroupArn, HealthCheckPath: '/healthz' }));
    const Key = 'deregistration_delay.timeout_seconds';
    await elb.send(new ModifyTargetGroupAttributesCommand({ TargetGroupArn, Attributes: [{ Key, Value: '5' }] }));

    const { TargetGroups } = await elb.send(new DescribeTargetGroupsCommand({}));
    const { Attributes } = await elb.send(new DescribeTargetGroupAttributesCommand({ TargetGroupArn }));

    expect(TargetGroups?.[0]).toMatchObject({ HealthCheckPath: '/healthz', HealthCheckIntervalSeconds: 30 });
    expect(Attributes).toContainEqual({ Key, Value: '5' });
  });

  it('keeps none of several attributes when one is not known', async () => {
    const { elb, createTargetGroup } = await startWithLoadBalancer();
    const TargetGroupArn = await createTargetGroup({ Name: 'pr-7-api' });
    const Attributes = [
      { Key: 'stickiness.enabled', Value: 'true' },
      { Key: 'stickiness.sometimes', Value: 'true' },
    ];

    expect(await refusalOf(elb.send(new ModifyTargetGroupAttributesCommand({ TargetGroupArn, Attributes })))).toBe(
      'ValidationError',
    );
    const after = await elb.send(new DescribeTargetGroupAttributesCommand({ TargetGroupArn }));
    expect(after.Attributes).toContainEqual({ Key: 'stickiness.enabled', Value: 'false' });
  });

  it('carries the tags of its creation and those added later', async () => {
    const { elb, createTargetGroup } = await startWithLoadBalancer();
    const arn = await createTargetGroup({ Name: 'pr-7-api', Tags: [{ Key: 'Environment', Value: 'pr-7' }] });
    await elb.send(new AddTagsCommand({ ResourceArns: [arn], Tags: [{ Key: 'TTL', Value: '2026-11-27T09:00:00Z' }] }));

    const { TagDescriptions } = await elb.send(new DescribeTagsCommand({ ResourceArns: [arn] }));

    expect(TagDescriptions?.[0]?.Tags).toEqual([
      { Key: 'Environment', Value: 'pr-7' },
      { Key: 'TTL', Value: '2026-11-27T09:00:00Z' },
    ]);
  });

  it.each([
    { tags: [{ Key: 'Branch', Value: 'fix #12' }], code: 'ValidationError', reason: 'a character tags cannot hold' },
    { tags: [{ Key: 'aws:stack', Value: 'x' }], code: 'ValidationError', reason: "AWS's own prefix" },
    {
      tags: [
        { Key: 'Name', Value: 'a' },
        { Key: 'Name', Value: 'b' },
      ],
      code: 'DuplicateTagKeysException',
      reason: 'a key given twice',
    },
    {
      tags: Array.from({ length: 51 }, (_, index) => ({ Key: `k${index}`, Value: '' })),
      code: 'TooManyTagsException',
      reason: '51 tags',
    },
  ])('is not created with $reason', async ({ tags, code }) => {
    const { aws, createTargetGroup } = await startWithLoadBalancer();
    expect(await refusalOf(createTargetGroup({ Name: 'pr-7-api', Tags: tags }))).toBe(code);
    expect(aws.world.elbv2.targetGroups.size).toBe(0);
  });

  it('has its tags described with at most 20 ARNs a call', async () => {
    const { elb, createTargetGroup } = await startWithLoadBalancer();
    const arn = await createTargetGroup({ Name: 'pr-7-api' });
    const describeTags = async (count: number) =>
      await refusalOf(elb.send(new DescribeTagsCommand({ ResourceArns: Array<string>(count).fill(arn) })));

    expect(await describeTags(20)).toBeUndefined();
    expect(await describeTags(21)).toBe('ValidationError');
  });
});
