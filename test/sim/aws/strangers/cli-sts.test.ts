import { expect, it } from '@jest/globals';
import { describeWithAwsCli, runAwsCli } from '../../../support/aws-cli.ts';
import { startSteppedAws } from '../../../support/aws-simulator.ts';

describeWithAwsCli('the AWS CLI and STS', () => {
  it('say whose account this is, and that an operation is not known', async () => {
    const { aws } = await startSteppedAws();
    const identity = await runAwsCli(aws.url, ['sts', 'get-caller-identity']);
    expect(identity).toMatchObject({ exitCode: 0, json: { Account: '123456789012' }, stderr: '' });
    const token = await runAwsCli(aws.url, ['sts', 'get-session-token']);
    expect(token.stderr).toContain('An error occurred (InvalidAction) when calling the GetSessionToken operation');
  }, 60_000);
});
