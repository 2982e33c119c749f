import {
  type Change,
  ChangeResourceRecordSetsCommand,
  CreateHostedZoneCommand,
  DeleteHostedZoneCommand,
  GetChangeCommand,
  ListResourceRecordSetsCommand,
  type ResourceRecordSet,
  Route53Client,
} from '@aws-sdk/client-route-53';
import { describe, expect, it } from '@jest/globals';
import { createZone } from '../acm/issued-certificate.ts';
import { refusalOf, startWithLoadBalancer } from '../elbv2/shared-load-balancer.ts';

const a = (Name: string, ...values: string[]): ResourceRecordSet => ({
  Name,
  Type: 'A',
  TTL: 60,
  ResourceRecords: values.map((Value) => ({ Value })),
});
const cname = (Name: string, Value: string): ResourceRecordSet => ({ ...a(Name, Value), Type: 'CNAME' });

async function start() {
  const shared = await startWithLoadBalancer();
  const route53 = new Route53Client(shared.client);
  const HostedZoneId = await createZone(shared, 'ephemeral.example');
  const { durations } = shared.aws.world;
  return {
    ...shared,
    route53,
    HostedZoneId,
    durations,
    /** Each change with enough time since the one before. */
    async change(...changes: [Change['Action'], ResourceRecordSet][]) {
      shared.clock.advance(durations.dnsChangeInFlight);
      const Changes = changes.map(([Action, set]) => ({ Action, ResourceRecordSet: set }));
      return await route53.send(new ChangeResourceRecordSetsCommand({ HostedZoneId, ChangeBatch: { Changes } }));
    },
    alias: (Name: string, DNSName = shared.dnsName, zone = shared.canonicalZoneId): ResourceRecordSet => ({
      Name,
      Type: 'A',
      AliasTarget: { HostedZoneId: zone, DNSName, EvaluateTargetHealth: false },
    }),
    async names(input: Partial<{ StartRecordName: string; StartRecordType: 'A' | 'CNAME'; MaxItems: number }> = {}) {
      return await route53.send(new ListResourceRecordSetsCommand({ HostedZoneId, ...input }));
    },
  };
}

async function messageOf(call: Promise<unknown>): Promise<string> {
  return await call.then(
    () => 'accepted',
    (error: unknown) => (error instanceof Error ? `${error.name}: ${error.message}` : String(error)),
  );
}

describe('a change of records', () => {
  it('is PENDING until name servers have it, then INSYNC', async () => {
    const { route53, clock, durations, change } = await start();
    const { ChangeInfo } = await change(['CREATE', a('api.ephemeral.example', '10.0.0.1')]);
    const status = async () =>
      (await route53.send(new GetChangeCommand({ Id: ChangeInfo?.Id ?? '' }))).ChangeInfo?.Status;

    expect(ChangeInfo?.Id).toMatch(/^\/change\/C/);
    expect(await status()).toBe('PENDING');
    clock.advance(durations.dnsInSync);
    expect(await status()).toBe('INSYNC');
  });

  it('that nobody made is NoSuchChange', async () => {
    const { route53 } = await start();
    expect(await refusalOf(route53.send(new GetChangeCommand({ Id: '/change/C0' })))).toBe('NoSuchChange');
  });

  it('in a zone that is not there is NoSuchHostedZone', async () => {
    const { route53 } = await start();
    const input = { HostedZoneId: 'Z0', ChangeBatch: { Changes: [] } };
    expect(await messageOf(route53.send(new ChangeResourceRecordSetsCommand(input)))).toBe(
      'NoSuchHostedZone: No hosted zone found with ID: Z0',
    );
  });

  it('cannot create what exists', async () => {
    const { change } = await start();
    await change(['CREATE', a('api.ephemeral.example', '10.0.0.1')]);
    expect(await messageOf(change(['CREATE', a('API.ephemeral.example.', '10.0.0.2')]))).toBe(
      "InvalidChangeBatch: [Tried to create resource record set [name='api.ephemeral.example.', type='A'] but it already exists]",
    );
  });

  it('cannot delete what is missing', async () => {
    const { change } = await start();
    expect(await messageOf(change(['DELETE', a('*.ephemeral.example', '10.0.0.1')]))).toBe(
      "InvalidChangeBatch: [Tried to delete resource record set [name='\\052.ephemeral.example.', type='A'] but it was not found]",
    );
  });

  it('must repeat exactly what it deletes', async () => {
    const { change, alias } = await start();
    const record = alias('api.ephemeral.example');
    await change(['CREATE', record]);
    const differently = {
      ...record,
      AliasTarget: { HostedZoneId: '', DNSName: '', ...record.AliasTarget, EvaluateTargetHealth: true },
    };
    expect(await messageOf(change(['DELETE', differently]))).toBe(
      "InvalidChangeBatch: [Tried to delete resource record set [name='api.ephemeral.example.', type='A'] but the values provided do not match the current values]",
    );
    expect(await messageOf(change(['DELETE', record]))).toBe('accepted');
  });

  it('happens as a whole or not at all, and says everything that is wrong', async () => {
    const { change, names } = await start();
    const message = await messageOf(
      change(
        ['CREATE', a('good.ephemeral.example', '10.0.0.1')],
        ['DELETE', a('one.ephemeral.example', '10.0.0.1')],
        ['DELETE', a('two.ephemeral.example', '10.0.0.1')],
      ),
    );
    expect(message).toBe(
      "InvalidChangeBatch: [Tried to delete resource record set [name='one.ephemeral.example.', type='A'] but it was not found, Tried to delete resource record set [name='two.ephemeral.example.', type='A'] but it was not found]",
    );
    expect((await names()).ResourceRecordSets?.map(({ Type }) => Type)).toEqual(['NS', 'SOA']);
  });

  it('may turn an address into a CNAME in one batch', async () => {
    const { change } = await start();
    await change(['CREATE', a('api.ephemeral.example', '10.0.0.1')]);
    const outcome = messageOf(
      change(
        ['CREATE', cname('api.ephemeral.example', 'web.ephemeral.example')],
        ['DELETE', a('api.ephemeral.example', '10.0.0.1')],
      ),
    );
    expect(await outcome).toBe('accepted');
  });

  it.each([
    {
      record: cname('api.ephemeral.example', 'x.example'),
      says: 'RRSet of type CNAME with DNS name api.ephemeral.example. is not permitted as it conflicts',
    },
    { record: cname('ephemeral.example', 'x.example'), says: 'is not permitted at apex in zone ephemeral.example.' },
    { record: a('api.other.example', '10.0.0.1'), says: 'is not permitted in zone ephemeral.example.' },
    { record: a(`${'a'.repeat(64)}.ephemeral.example`, '10.0.0.1'), says: 'DomainLabelTooLong' },
    { record: a(`${'a.'.repeat(120)}ephemeral.example`, '10.0.0.1'), says: 'DomainNameTooLong' },
    { record: a('api..ephemeral.example', '10.0.0.1'), says: 'DomainLabelEmpty' },
    { record: a('web.ephemeral.example', '10.0.0.300'), says: 'Value is not a valid IPv4 address' },
  ])('is refused: $says', async ({ record, says }) => {
    const { change } = await start();
    await change(['CREATE', a('api.ephemeral.example', '10.0.0.1')]);
    const message = await messageOf(change(['CREATE', record]));
    expect(message).toMatch(/^InvalidChangeBatch: \[.*\]$/);
    expect(message).toContain(says);
  });

  it('is not input at all without values or target', async () => {
    const { change } = await start();
    expect(await refusalOf(change(['CREATE', { Name: 'api.ephemeral.example', Type: 'A' }]))).toBe('InvalidInput');
  });

  it('aliases only to a load balancer that is there, in its own canonical zone', async () => {
    const { change, alias, dnsName, HostedZoneId } = await start();
    const name = 'api.ephemeral.example';
    const missing = `gone-${dnsName}`;

    expect(await messageOf(change(['UPSERT', alias(name, missing)]))).toContain('but that target was not found]');
    expect(await messageOf(change(['UPSERT', alias(name, dnsName, 'ZOTHER')]))).toContain(
      'but the alias target name does not lie within the target zone]',
    );
    expect(await messageOf(change(['UPSERT', alias(name, 'web.ephemeral.example', HostedZoneId)]))).toContain(
      'but that target was not found]',
    );
    expect(await messageOf(change(['UPSERT', alias(name, `dualstack.${dnsName.toUpperCase()}`)]))).toBe('accepted');
  });

  it('is refused while the one before is in flight, and only for a moment', async () => {
    const { route53, clock, durations, HostedZoneId, change } = await start();
    await change(['CREATE', a('one.ephemeral.example', '10.0.0.1')]);
    const Changes = [{ Action: 'CREATE' as const, ResourceRecordSet: a('two.ephemeral.example', '10.0.0.1') }];
    const second = async () =>
      await refusalOf(route53.send(new ChangeResourceRecordSetsCommand({ HostedZoneId, ChangeBatch: { Changes } })));

    expect(await second()).toBe('PriorRequestNotComplete');
    clock.advance(durations.dnsChangeInFlight);
    expect(await second()).toBeUndefined();
  });

  it('holds at most 1000 elements, of which an UPSERT is two', async () => {
    const { change } = await start();
    const records = (count: number) =>
      Array.from({ length: count }, (_, index) => a(`h${index}.ephemeral.example`, '10.0.0.1'));
    const upserts = async (count: number) =>
      await messageOf(change(...records(count).map((record): ['UPSERT', ResourceRecordSet] => ['UPSERT', record])));

    expect(await upserts(501)).toBe('InvalidChangeBatch: [Number of records limit of 1000 exceeded.]');
    expect(await upserts(500)).toBe('accepted');
  });
});

describe('the list of records', () => {
  it('is ordered by labels from the last to the first, wildcards as \\052', async () => {
    const { change, names } = await start();
    await change(
      ['CREATE', a('z.ephemeral.example', '10.0.0.1')],
      ['CREATE', a('a.z.ephemeral.example', '10.0.0.1')],
      ['CREATE', a('b.a.ephemeral.example', '10.0.0.1')],
      ['CREATE', a('*.a.ephemeral.example', '10.0.0.1')],
    );
    const { ResourceRecordSets } = await names();
    expect(ResourceRecordSets?.map(({ Name, Type }) => `${Name} ${Type}`)).toEqual([
      'ephemeral.example. NS',
      'ephemeral.example. SOA',
      '\\052.a.ephemeral.example. A',
      'b.a.ephemeral.example. A',
      'z.ephemeral.example. A',
      'a.z.ephemeral.example. A',
    ]);
  });

  it('begins at a later name when the one asked for is not there', async () => {
    const { change, names } = await start();
    await change(['CREATE', a('web.ephemeral.example', '10.0.0.1')]);
    const input = { StartRecordName: 'api.ephemeral.example', StartRecordType: 'A' as const, MaxItems: 1 };
    expect((await names(input)).ResourceRecordSets?.[0]?.Name).toBe('web.ephemeral.example.');
  });

  it('is cut where asked and says where to go on', async () => {
    const { change, names } = await start();
    await change(
      ['CREATE', a('api.ephemeral.example', '10.0.0.1')],
      ['CREATE', a('web.ephemeral.example', '10.0.0.1')],
    );
    const { IsTruncated, NextRecordName, NextRecordType, MaxItems } = await names({ MaxItems: 3 });
    expect({ IsTruncated, NextRecordName, NextRecordType, MaxItems }).toEqual({
      IsTruncated: true,
      NextRecordName: 'web.ephemeral.example.',
      NextRecordType: 'A',
      MaxItems: 3,
    });
  });
});

describe('a hosted zone', () => {
  it('is not made twice for one caller reference', async () => {
    const { route53 } = await start();
    const create = new CreateHostedZoneCommand({ Name: 'x.example', CallerReference: 'ephemeral.example' });
    expect(await refusalOf(route53.send(create))).toBe('HostedZoneAlreadyExists');
  });

  it('is deleted only once its own records are', async () => {
    const { route53, HostedZoneId, change } = await start();
    const record = a('api.ephemeral.example', '10.0.0.1');
    await change(['CREATE', record]);
    const deletion = async () => await refusalOf(route53.send(new DeleteHostedZoneCommand({ Id: HostedZoneId })));

    expect(await deletion()).toBe('HostedZoneNotEmpty');
    await change(['DELETE', record]);
    expect(await deletion()).toBeUndefined();
    expect(await deletion()).toBe('NoSuchHostedZone');
  });
});
