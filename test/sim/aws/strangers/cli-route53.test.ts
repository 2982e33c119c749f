import { expect, it } from '@jest/globals';
import { describeWithAwsCli, runAwsCli } from '../../../support/aws-cli.ts';
import { startSteppedAws } from '../../../support/aws-simulator.ts';

const CLI_TIMEOUT_MS = 60_000;

interface Printed {
  readonly HostedZone?: { readonly Id: string };
  readonly ChangeInfo?: { readonly Id: string };
}

const batch = (action: string, address: string): string =>
  JSON.stringify({
    Comment: 'pr-7',
    Changes: [
      {
        Action: action,
        ResourceRecordSet: {
          Name: '*.pr-7.ephemeral.example',
          Type: 'A',
          TTL: 60,
          ResourceRecords: [{ Value: address }],
        },
      },
    ],
  });

describeWithAwsCli('the AWS CLI and Route 53', () => {
  it(
    'make a zone and a record, and see it reach the name servers',
    async () => {
      const { aws, clock } = await startSteppedAws();
      const cli = async (...args: string[]) => await runAwsCli(aws.url, ['route53', ...args]);
      const made = await cli('create-hosted-zone', '--name', 'ephemeral.example', '--caller-reference', 'platform');
      const zone = ['--hosted-zone-id', (made.json as Printed).HostedZone?.Id ?? ''];
      const changed = await cli('change-resource-record-sets', ...zone, '--change-batch', batch('CREATE', '10.0.0.1'));
      const change = ['--id', (changed.json as Printed).ChangeInfo?.Id ?? ''];

      expect(changed.json).toMatchObject({ ChangeInfo: { Status: 'PENDING', Comment: 'pr-7' } });
      clock.advance(aws.world.durations.dnsInSync);
      expect((await cli('get-change', ...change)).json).toMatchObject({ ChangeInfo: { Status: 'INSYNC' } });
      expect((await cli('wait', 'resource-record-sets-changed', ...change)).exitCode).toBe(0);
      expect((await cli('list-resource-record-sets', ...zone)).json).toMatchObject({
        ResourceRecordSets: [
          { Type: 'NS' },
          { Type: 'SOA' },
          { Name: '\\052.pr-7.ephemeral.example.', Type: 'A', TTL: 60, ResourceRecords: [{ Value: '10.0.0.1' }] },
        ],
      });
      expect((await cli('list-hosted-zones-by-name', '--dns-name', 'ephemeral.example')).json).toMatchObject({
        HostedZones: [{ Name: 'ephemeral.example.', ResourceRecordSetCount: 3 }],
      });
    },
    CLI_TIMEOUT_MS,
  );

  it(
    'read what is wrong with a change',
    async () => {
      const { aws, clock } = await startSteppedAws();
      const cli = async (...args: string[]) => await runAwsCli(aws.url, ['route53', ...args]);
      const made = await cli('create-hosted-zone', '--name', 'ephemeral.example', '--caller-reference', 'platform');
      const zone = ['--hosted-zone-id', (made.json as Printed).HostedZone?.Id ?? ''];
      await cli('change-resource-record-sets', ...zone, '--change-batch', batch('CREATE', '10.0.0.1'));
      clock.advance(aws.world.durations.dnsChangeInFlight);

      const { stderr } = await cli(
        'change-resource-record-sets',
        ...zone,
        '--change-batch',
        batch('DELETE', '10.0.0.2'),
      );

      expect(stderr).toContain(
        "An error occurred (InvalidChangeBatch) when calling the ChangeResourceRecordSets operation: [Tried to delete resource record set [name='\\052.pr-7.ephemeral.example.', type='A'] but the values provided do not match the current values]",
      );
    },
    CLI_TIMEOUT_MS,
  );
});
