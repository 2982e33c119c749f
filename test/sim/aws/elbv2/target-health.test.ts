import {
  DeleteRuleCommand,
  DeregisterTargetsCommand,
  DescribeRulesCommand,
  DescribeTargetHealthCommand,
  ModifyTargetGroupAttributesCommand,
  ModifyTargetGroupCommand,
  RegisterTargetsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { describe, expect, it } from '@jest/globals';
import { setBehaviour } from '../../../../sim/aws/ecs/behaviour.ts';
import { startPreview } from '../data-plane/preview.ts';
import { refusalOf, startWithLoadBalancer } from './shared-load-balancer.ts';

const target = { Id: '172.31.0.10', Port: 8080 };

describe('a target', () => {
  it('is unused while its group is on no load balancer', async () => {
    const { clock, elb, createTargetGroup } = await startWithLoadBalancer();
    const TargetGroupArn = await createTargetGroup({ Name: 'pr-7-api' });
    await elb.send(new RegisterTargetsCommand({ TargetGroupArn, Targets: [target] }));
    clock.advance(3600);

    const { TargetHealthDescriptions } = await elb.send(new DescribeTargetHealthCommand({ TargetGroupArn }));

    expect(TargetHealthDescriptions?.[0]?.TargetHealth).toMatchObject({ State: 'unused', Reason: 'Target.NotInUse' });
  });

  it('starts over when its group comes onto a load balancer', async () => {
    const { clock, aws, elb, createTargetGroup, createRule } = await startWithLoadBalancer();
    const TargetGroupArn = await createTargetGroup({ Name: 'pr-7-api' });
    await elb.send(new RegisterTargetsCommand({ TargetGroupArn, Targets: [target] }));
    await createRule({ Priority: 1, Actions: [{ Type: 'forward', TargetGroupArn }] });
    const health = async () =>
      (await elb.send(new DescribeTargetHealthCommand({ TargetGroupArn }))).TargetHealthDescriptions?.[0]?.TargetHealth;

    expect(await health()).toMatchObject({ State: 'initial', Reason: 'Elb.RegistrationInProgress' });
    clock.advance(aws.world.durations.targetRegistration);
    expect(await health()).toMatchObject({ State: 'initial', Reason: 'Elb.InitialHealthChecking' });
    clock.advance(59);
    expect(await health()).toMatchObject({ State: 'initial' });
    clock.advance(1);
    expect(await health()).toMatchObject({ State: 'unhealthy', Reason: 'Target.FailedHealthChecks' });
  });

  it('that nobody registered is unused for that reason', async () => {
    const { elb, createTargetGroup } = await startWithLoadBalancer();
    const TargetGroupArn = await createTargetGroup({ Name: 'pr-7-api' });
    const { TargetHealthDescriptions } = await elb.send(
      new DescribeTargetHealthCommand({ TargetGroupArn, Targets: [target] }),
    );
    expect(TargetHealthDescriptions?.[0]?.TargetHealth?.Reason).toBe('Target.NotRegistered');
  });

  it('must be an address where the group is one of addresses', async () => {
    const { elb, createTargetGroup } = await startWithLoadBalancer();
    const TargetGroupArn = await createTargetGroup({ Name: 'pr-7-api' });
    const Targets = [{ Id: 'i-0123456789abcdef0', Port: 8080 }];
    expect(await refusalOf(elb.send(new RegisterTargetsCommand({ TargetGroupArn, Targets })))).toBe(
      'InvalidTargetException',
    );
  });

  it('that is a running task becomes healthy after interval times threshold', async () => {
    const { aws, clock, elb, targetGroupArn: TargetGroupArn, run, health } = await startPreview();
    await run(1);
    const [Id = ''] = aws.world.ecs.tasksByIp.keys();
    const Targets = [{ Id, Port: 8080 }];
    await elb.send(new DeregisterTargetsCommand({ TargetGroupArn, Targets }));
    await elb.send(new RegisterTargetsCommand({ TargetGroupArn, Targets }));

    clock.advance(aws.world.durations.targetRegistration + 9);
    expect(await health()).toEqual([expect.objectContaining({ State: 'initial' })]);
    clock.advance(1);
    expect(await health()).toEqual([{ State: 'healthy' }]);
  });

  it('is unhealthy while it answers with a code outside the matcher, and healthy when the matcher takes it', async () => {
    const { aws, clock, elb, targetGroupArn, run, health } = await startPreview();
    await run(1);
    setBehaviour(aws.world, { image: 'api:1', startDelaySeconds: 0, statusByPath: { '/healthz': 401 } });

    clock.advance(5);
    expect(await health()).toEqual([{ State: 'healthy' }]);
    clock.advance(5);
    expect(await health()).toEqual([
      {
        State: 'unhealthy',
        Reason: 'Target.ResponseCodeMismatch',
        Description: 'Health checks failed with these codes: [401]',
      },
    ]);
    await elb.send(
      new ModifyTargetGroupCommand({ TargetGroupArn: targetGroupArn, Matcher: { HttpCode: '200-299,401' } }),
    );
    clock.advance(10);
    expect(await health()).toEqual([{ State: 'healthy' }]);
  });

  it('drains for the deregistration delay before it is gone', async () => {
    const { clock, elb, createTargetGroup, createRule } = await startWithLoadBalancer();
    const TargetGroupArn = await createTargetGroup({ Name: 'pr-7-api' });
    await createRule({ Priority: 1, Actions: [{ Type: 'forward', TargetGroupArn }] });
    const Attributes = [{ Key: 'deregistration_delay.timeout_seconds', Value: '20' }];
    await elb.send(new ModifyTargetGroupAttributesCommand({ TargetGroupArn, Attributes }));
    await elb.send(new RegisterTargetsCommand({ TargetGroupArn, Targets: [target] }));
    await elb.send(new DeregisterTargetsCommand({ TargetGroupArn, Targets: [target] }));
    const health = async () =>
      (await elb.send(new DescribeTargetHealthCommand({ TargetGroupArn }))).TargetHealthDescriptions;

    clock.advance(19);
    expect((await health())?.[0]?.TargetHealth).toMatchObject({
      State: 'draining',
      Reason: 'Target.DeregistrationInProgress',
    });
    clock.advance(1);
    expect(await health()).toEqual([]);
  });

  it('goes back to unused when the last rule of its group is deleted', async () => {
    const { elb, listenerArn, run, health } = await startPreview();
    await run(1);
    const { Rules = [] } = await elb.send(new DescribeRulesCommand({ ListenerArn: listenerArn }));
    await elb.send(new DeleteRuleCommand({ RuleArn: Rules[0]?.RuleArn }));
    expect(await health()).toEqual([expect.objectContaining({ State: 'unused', Reason: 'Target.NotInUse' })]);
  });
});
