import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { describeWithAwsCli, runAwsCli } from '../../../support/aws-cli.ts';
import { ROLE, startAccount, zip } from '../lambda/account.ts';

const CLI_TIMEOUT_MS = 180_000;

describeWithAwsCli('the AWS CLI, Lambda and Scheduler', () => {
  it(
    'make a function from a zip file and a schedule that calls it, and miss others',
    async () => {
      const { aws, activate } = await startAccount();
      const file = join(mkdtempSync(join(tmpdir(), 'cli-lambda-')), 'function.zip');
      writeFileSync(file, zip);
      const cli = async (line: string, ...more: string[]) => await runAwsCli(aws.url, [...line.split(' '), ...more]);
      const create = `lambda create-function --function-name reaper --runtime nodejs22.x --handler index.handler --role ${ROLE}`;
      expect((await cli(`${create} --zip-file fileb://${file}`)).json).toMatchObject({ State: 'Pending' });
      activate();
      expect((await cli('lambda get-function-configuration --function-name reaper')).json).toMatchObject({
        State: 'Active',
        CodeSize: zip.length,
      });
      expect((await cli('lambda invoke --function-name reaper /dev/null')).stderr).toContain(
        'The local cloud runs no code',
      );
      expect((await cli('lambda get-function --function-name none')).stderr).toContain('(ResourceNotFoundException)');

      const target = JSON.stringify({ Arn: 'arn:aws:lambda:eu-west-1:123456789012:function:reaper', RoleArn: ROLE });
      const schedule = 'scheduler create-schedule --name reaper --flexible-time-window Mode=OFF --target';
      expect((await cli(schedule, target, '--schedule-expression', 'rate(15 minutes)')).json).toEqual({
        ScheduleArn: 'arn:aws:scheduler:eu-west-1:123456789012:schedule/default/reaper',
      });
      expect((await cli(schedule, target, '--schedule-expression', 'often')).stderr).toContain('(ConflictException)');
      expect((await cli('scheduler get-schedule --name reaper')).json).toMatchObject({ State: 'ENABLED' });
    },
    CLI_TIMEOUT_MS,
  );
});
