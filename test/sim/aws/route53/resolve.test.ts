import { type ResourceRecordSet } from '@aws-sdk/client-route-53';
import { describe, expect, it } from '@jest/globals';
import { changeResourceRecordSets } from '../../../../sim/aws/route53/change-batch.ts';
import { createHostedZone } from '../../../../sim/aws/route53/hosted-zones.ts';
import { resolve } from '../../../../sim/aws/route53/resolve.ts';
import { createWorld } from '../../../../sim/aws/world.ts';
import { createSteppedClock } from '../../../../sim/clock.ts';

function start(...names: string[]) {
  const clock = createSteppedClock();
  const world = createWorld({ clock });
  const zone = createHostedZone(world, { Name: 'ephemeral.example', CallerReference: '1' }).HostedZone;
  const Changes = names.map((Name) => ({
    Action: 'CREATE' as const,
    ResourceRecordSet: {
      Name,
      Type: 'A',
      TTL: 60,
      ResourceRecords: [{ Value: '10.0.0.1' }],
    } satisfies ResourceRecordSet,
  }));
  changeResourceRecordSets(world, { HostedZoneId: zone?.Id ?? '', ChangeBatch: { Changes } });
  return { world, clock, kindOf: (name: string, type: 'A' | 'AAAA' = 'A') => resolve(world, name, type).kind };
}

describe('name servers', () => {
  it('know a record only once its change is INSYNC', () => {
    const { world, clock, kindOf } = start('api.ephemeral.example');
    expect(kindOf('api.ephemeral.example')).toBe('nxdomain');
    clock.advance(world.durations.dnsInSync);
    expect(kindOf('API.ephemeral.example.')).toBe('answer');
  });

  it.each([
    { name: 'x.ephemeral.example', kind: 'answer', reason: 'the wildcard stands for one label' },
    { name: 'a.b.ephemeral.example', kind: 'answer', reason: 'and for more than one' },
    { name: 'pr-1.ephemeral.example', kind: 'no-data', reason: 'a name exists when something is under it' },
    { name: 'api.pr-1.ephemeral.example', kind: 'nxdomain', reason: 'so the wildcard does not reach below it' },
    { name: '_acme.pr-1.ephemeral.example', kind: 'answer', reason: 'only the record itself is there' },
    { name: 'ephemeral.example', kind: 'no-data', reason: 'the apex has no address' },
    { name: 'other.example', kind: 'nxdomain', reason: 'no zone answers for it' },
  ])('answer $kind for $name: $reason', ({ name, kind }) => {
    const { world, clock, kindOf } = start('*.ephemeral.example', '_acme.pr-1.ephemeral.example');
    clock.advance(world.durations.dnsInSync);
    expect(kindOf(name)).toBe(kind);
  });

  it('have nothing of a type that a name does not have', () => {
    const { world, clock, kindOf } = start('api.ephemeral.example');
    clock.advance(world.durations.dnsInSync);
    expect(kindOf('api.ephemeral.example', 'AAAA')).toBe('no-data');
  });
});
