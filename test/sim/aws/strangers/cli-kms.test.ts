import { expect, it } from '@jest/globals';
import { describeWithAwsCli, runAwsCli } from '../../../support/aws-cli.ts';
import { startSteppedAws } from '../../../support/aws-simulator.ts';

const CLI_TIMEOUT_MS = 120_000;

describeWithAwsCli('the AWS CLI and KMS', () => {
  it(
    'make a key with an alias, rotate it, schedule its deletion, and miss a key',
    async () => {
      const { aws } = await startSteppedAws();
      const cli = async (line: string) => await runAwsCli(aws.url, ['kms', ...line.split(' ')]);
      const made = await cli('create-key --description alerts --tags TagKey=Team,TagValue=ours');
      expect(made.json).toMatchObject({ KeyMetadata: { KeyState: 'Enabled', Description: 'alerts' } });
      const [id = ''] = aws.world.kms.keys.keys();
      expect((await cli(`create-alias --alias-name alias/alerts --target-key-id ${id}`)).exitCode).toBe(0);
      expect((await cli(`enable-key-rotation --key-id ${id}`)).exitCode).toBe(0);
      expect((await cli(`get-key-rotation-status --key-id ${id}`)).json).toMatchObject({ KeyRotationEnabled: true });
      expect((await cli('schedule-key-deletion --key-id alias/alerts')).stderr).toContain('(NotFoundException)');
      expect((await cli(`schedule-key-deletion --key-id ${id}`)).json).toMatchObject({ KeyState: 'PendingDeletion' });
      expect((await cli(`disable-key --key-id ${id}`)).stderr).toContain('(KMSInvalidStateException)');
    },
    CLI_TIMEOUT_MS,
  );
});
