import { type Action, DescribeRulesCommand, ModifyRuleCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { SignIn } from '../../src/domain/sign-in.ts';
import type { Desired } from '../../src/reconcile/provisioner.ts';
import { type LocalCloud, startLocalCloud } from '../contract/local-cloud.ts';
import { ruleSpec, targetGroupSpec } from '../contract/specimens.ts';
import { createScene, type Scene } from '../contract/stage.ts';

const signIn: SignIn = {
  userPoolArn: 'arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_AbC',
  userPoolClientId: '1example23456789',
  userPoolDomain: 'people',
};

let cloud: LocalCloud;
beforeAll(async () => {
  cloud = await startLocalCloud();
}, 60_000);
afterAll(async () => {
  await cloud.close();
});

/** A rule that stands, and asks people to sign in. */
async function standing(scene: Scene): Promise<{ desired: Desired<'listener-rule'>; arn: string }> {
  const group = await scene.settle(scene.desire('target-group', 'api', targetGroupSpec(scene)));
  const spec = { ...ruleSpec(scene, group.arn), listenerArn: cloud.platform.httpsListenerArn, signIn };
  const desired = scene.desire('listener-rule', 'api', spec);
  const { arn } = await scene.settle(desired);
  return { desired, arn };
}

async function actionsOf(arn: string): Promise<Action[]> {
  const { Rules } = await cloud.clients.elb.send(new DescribeRulesCommand({ RuleArns: [arn] }));
  return Rules?.[0]?.Actions ?? [];
}

async function change(arn: string, Actions: Action[]): Promise<void> {
  await cloud.clients.elb.send(new ModifyRuleCommand({ RuleArn: arn, Actions }));
}

describe('a listener rule of a platform where people sign in', () => {
  it('asks them to before it forwards', async () => {
    const scene = createScene(cloud);
    const { desired, arn } = await standing(scene);
    expect(await actionsOf(arn)).toMatchObject([
      {
        Type: 'authenticate-cognito',
        AuthenticateCognitoConfig: {
          UserPoolArn: signIn.userPoolArn,
          UserPoolClientId: signIn.userPoolClientId,
          UserPoolDomain: signIn.userPoolDomain,
          OnUnauthenticatedRequest: 'authenticate',
        },
      },
      { Type: 'forward', TargetGroupArn: desired.spec.targetGroupArn },
    ]);
    expect((await scene.provisioner('listener-rule').observe(desired)).state).toBe('ready');
  });

  it.each([
    {
      by: 'somebody took the sign-in away',
      actionsFrom: ([, forward]: Action[]): Action[] => [{ Type: 'forward', TargetGroupArn: forward?.TargetGroupArn }],
      drift: ['sign-in'],
    },
    {
      by: 'somebody lets everybody past it',
      actionsFrom: ([first, forward]: Action[]): Action[] => [
        {
          Type: first?.Type,
          Order: 1,
          AuthenticateCognitoConfig: {
            UserPoolArn: signIn.userPoolArn,
            UserPoolClientId: signIn.userPoolClientId,
            UserPoolDomain: signIn.userPoolDomain,
            OnUnauthenticatedRequest: 'allow',
          },
        },
        { Type: 'forward', Order: 2, TargetGroupArn: forward?.TargetGroupArn },
      ],
      drift: ['target group', 'sign-in'],
    },
  ])('is put right where $by', async ({ actionsFrom, drift }) => {
    const scene = createScene(cloud);
    const { desired, arn } = await standing(scene);
    const before = await actionsOf(arn);
    await change(arn, actionsFrom(before));
    const provisioner = scene.provisioner('listener-rule');
    const seen = await provisioner.observe(desired);
    expect(seen).toMatchObject({ state: 'drifted', drift });
    await provisioner.ensure(desired, seen);
    expect(await actionsOf(arn)).toEqual(before);
  });

  it('follows the platform to another user pool, and to none', async () => {
    const scene = createScene(cloud);
    const { desired, arn } = await standing(scene);
    const other = { ...desired, spec: { ...desired.spec, signIn: { ...signIn, userPoolDomain: 'others' } } };
    await scene.settle(other);
    expect((await actionsOf(arn))[0]?.AuthenticateCognitoConfig?.UserPoolDomain).toBe('others');
    const { signIn: _gone, ...spec } = desired.spec;
    await scene.settle({ ...desired, spec });
    expect((await actionsOf(arn)).map(({ Type }) => Type)).toEqual(['forward']);
  });
});
