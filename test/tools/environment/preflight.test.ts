import { CreateHostedZoneCommand } from '@aws-sdk/client-route-53';
import { PutParameterCommand } from '@aws-sdk/client-ssm';
import { describe, expect, it } from '@jest/globals';
import { createAwsClients } from '../../../src/provision/aws/clients.ts';
import { createPreflight } from '../../../tools/environment/preflight.ts';
import { startSteppedAws } from '../../support/aws-simulator.ts';
import { platformText, testPlatform } from '../../support/platform.ts';

const PARAMETER = '/mayfly/platform';

async function start({ accountId, document }: { accountId?: string; document?: string } = {}) {
  const { client } = await startSteppedAws({ rateLimits: false });
  const clients = createAwsClients(client);
  if (document !== undefined) {
    await clients.ssm.send(new PutParameterCommand({ Name: PARAMETER, Value: document, Type: 'String' }));
  }
  const preflight = createPreflight({
    clients,
    region: 'eu-west-1',
    parameter: PARAMETER,
    accountId,
    resolveNameServers: async () => ['ns-9.example.net'],
  });
  return { clients, preflight };
}

describe('before an environment is made', () => {
  it('the platform document is read, of this account and region', async () => {
    const { preflight } = await start({ document: platformText(), accountId: '123456789012' });
    expect(await preflight.platform()).toMatchObject({ name: 'nonprod', accountId: '123456789012' });
  });

  it.each([
    ['there is no platform document', {}, 'There is no platform document at /mayfly/platform'],
    ['it is no JSON', { document: 'mayfly' }, 'is not JSON'],
    [
      "it is another account's",
      { document: platformText({ accountId: '210987654321' }) },
      'is of account 210987654321',
    ],
    ["it is another region's", { document: platformText({ region: 'eu-west-2' }) }, 'in eu-west-2'],
    [
      '--account names another',
      { document: platformText(), accountId: '210987654321' },
      '--account names 210987654321',
    ],
  ])('it is refused when %s', async (_case, given, sentence) => {
    const { preflight } = await start(given);
    await expect(preflight.platform()).rejects.toThrow(sentence);
  });

  it('it is refused when the zone is not there, or not the one of that name, or not delegated', async () => {
    const { clients, preflight } = await start();
    await expect(preflight.checkZone(testPlatform())).rejects.toThrow('There is no hosted zone Z2');

    const { HostedZone } = await clients.route53.send(
      new CreateHostedZoneCommand({ Name: 'ephemeral.example.gov.uk', CallerReference: '1' }),
    );
    const zoneId = HostedZone?.Id?.split('/').at(-1);
    const other = testPlatform({ dns: { zoneId, zone: 'other.example.gov.uk' } });
    await expect(preflight.checkZone(other)).rejects.toThrow('of other.example.gov.uk');
    const own = testPlatform({ dns: { zoneId, zone: 'ephemeral.example.gov.uk' } });
    await expect(preflight.checkZone(own)).rejects.toThrow('is not delegated');
  });
});
