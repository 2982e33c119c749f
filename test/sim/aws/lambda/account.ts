import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import {
  CreateFunctionCommand,
  type CreateFunctionCommandInput,
  InvokeCommand,
  type InvokeCommandInput,
  LambdaClient,
} from '@aws-sdk/client-lambda';
import { startSteppedAws } from '../../../support/aws-simulator.ts';

export const ROLE = 'arn:aws:iam::123456789012:role/reaper';

/** An empty archive: the end of a central directory, and nothing before it. */
export const zip = Buffer.concat([Buffer.from('PK\u0005\u0006'), Buffer.alloc(18)]);

/** A local AWS with a role that Lambda and Scheduler may take, and the calls that nearly every test begins with. */
export async function startAccount() {
  const { aws, clock, client } = await startSteppedAws();
  const lambda = new LambdaClient(client);
  const Principal = { Service: ['lambda.amazonaws.com', 'scheduler.amazonaws.com'] };
  const trust = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal, Action: 'sts:AssumeRole' }] };
  const AssumeRolePolicyDocument = JSON.stringify(trust);
  await new IAMClient(client).send(new CreateRoleCommand({ RoleName: 'reaper', AssumeRolePolicyDocument }));
  return {
    aws,
    clock,
    client,
    lambda,
    create: async (changes: Partial<CreateFunctionCommandInput> = {}) =>
      await lambda.send(
        new CreateFunctionCommand({
          FunctionName: 'reaper',
          Role: ROLE,
          Runtime: 'nodejs22.x',
          Handler: 'index.handler',
          Code: { ZipFile: zip },
          ...changes,
        }),
      ),
    activate: (): void => clock.advance(aws.world.durations.functionActive),
    invoke: async (payload: unknown, more: Partial<InvokeCommandInput> = {}) => {
      const input = { FunctionName: 'reaper', Payload: JSON.stringify(payload), ...more };
      const { Payload, ...answer } = await lambda.send(new InvokeCommand(input));
      return {
        ...answer,
        payload: Payload && Payload.length > 0 ? JSON.parse(Payload.transformToString()) : undefined,
      };
    },
  };
}

/** Lets promises that a clock's action began come to their end. */
export async function settle(): Promise<void> {
  for (let count = 0; count < 20; count++) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}
