import {
  AttachRolePolicyCommand,
  CreatePolicyCommand,
  type CreatePolicyCommandInput,
  CreateRoleCommand,
  type CreateRoleCommandInput,
  IAMClient,
} from '@aws-sdk/client-iam';
import { startSteppedAws } from '../../../support/aws-simulator.ts';

export const trustPolicy = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'ecs-tasks.amazonaws.com' }, Action: 'sts:AssumeRole' }],
});

/** Holds what `encodeURIComponent` leaves alone, and what XML does not. */
export const permissions = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    { Sid: 'One', Effect: 'Allow', Action: ['logs:*'], Resource: "arn:aws:logs:*:*:log-group:/it's (a) & <b>!" },
  ],
});

/** A local AWS, and the calls that nearly every test of IAM begins with. */
export async function startAccount() {
  const { aws, client } = await startSteppedAws();
  const iam = new IAMClient(client);
  return {
    world: aws.world,
    iam,
    createRole: async (changes: Partial<CreateRoleCommandInput> = {}) =>
      await iam.send(new CreateRoleCommand({ RoleName: 'task', AssumeRolePolicyDocument: trustPolicy, ...changes })),
    /** Returns its ARN. */
    createPolicy: async (changes: Partial<CreatePolicyCommandInput> = {}) => {
      const input = { PolicyName: 'logs', PolicyDocument: permissions, ...changes };
      const { Policy } = await iam.send(new CreatePolicyCommand(input));
      return Policy?.Arn ?? '';
    },
    attach: async (PolicyArn: string, RoleName = 'task') =>
      await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn })),
  };
}
