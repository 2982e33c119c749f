import { DescribeParametersCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { expect, it } from '@jest/globals';
import { startSteppedAws } from '../../../support/aws-simulator.ts';

it('a parameter takes only what its pattern allows, and tells the pattern', async () => {
  const { client } = await startSteppedAws({ rateLimits: false });
  const ssm = new SSMClient(client);
  const put = async (Value: string, AllowedPattern?: string) =>
    await ssm.send(
      new PutParameterCommand({ Name: '/pr-1/port', Value, AllowedPattern, Type: 'String', Overwrite: true }),
    );
  const mismatch = { name: 'ParameterPatternMismatchException' };
  await expect(put('http', String.raw`^\d+$`)).rejects.toMatchObject(mismatch);
  await expect(put('80', '(')).rejects.toMatchObject({ name: 'InvalidAllowedPatternException' });

  await put('80', String.raw`^\d+$`);
  await expect(put('http')).rejects.toMatchObject(mismatch);
  const { Parameters } = await ssm.send(new DescribeParametersCommand({}));
  expect(Parameters).toMatchObject([{ AllowedPattern: String.raw`^\d+$`, Version: 1 }]);
});
