import { describe, expect, it } from '@jest/globals';
import { nameOf, ownRoot, says } from '../../src/provision/aws/record-sets.ts';

describe('ownRoot', () => {
  it.each<[string, string | undefined, string]>([
    ['pr-7.ephemeral.example', 'pr-7.ephemeral.example', "the environment's label itself"],
    ['api.pr-7.ephemeral.example', 'pr-7.ephemeral.example', 'a name under it'],
    ['*.pr-7.ephemeral.example', 'pr-7.ephemeral.example', 'a wildcard under it'],
    ['_a1b2.api.PR-7.ephemeral.example', 'pr-7.ephemeral.example', 'a validation record, in any case'],
    ['api--pr-7.ephemeral.example', 'api--pr-7.ephemeral.example', 'a flat name'],
    ['api.pr-71.ephemeral.example', undefined, "another environment's"],
    ['api-pr-7.ephemeral.example', 'api-pr-7.ephemeral.example', 'a flat name with single hyphens'],
    ['api-pr-71.ephemeral.example', undefined, 'a flat name of another environment'],
    ['xpr-7.ephemeral.example', undefined, 'a name that merely ends alike'],
    ['ephemeral.example', undefined, 'the zone'],
    ['pr-7', undefined, 'a top-level name'],
  ])('of %s is %s: %s', (name, root) => {
    expect(ownRoot(name, 'pr-7')).toBe(root);
  });
});

describe('nameOf', () => {
  it('reads the escapes of Route 53 back', () => {
    expect(nameOf({ Name: '\\052.pr-7.Ephemeral.example.', Type: 'A' })).toBe('*.pr-7.ephemeral.example');
  });
});

describe('says', () => {
  const alias = { dnsName: 'Mayfly-1.eu-west-1.elb.amazonaws.com', zoneId: 'Z32O12XQLNTSW2' };
  it('is indifferent to how AWS spells an alias', () => {
    const set = {
      Name: 'x.',
      Type: 'A' as const,
      AliasTarget: {
        HostedZoneId: alias.zoneId,
        DNSName: 'mayfly-1.eu-west-1.elb.amazonaws.com.',
        EvaluateTargetHealth: false,
      },
    };
    expect(says(set, { name: 'x', type: 'A', target: { alias } })).toBe(true);
    expect(
      says(
        { ...set, AliasTarget: { ...set.AliasTarget, HostedZoneId: 'Z1' } },
        { name: 'x', type: 'A', target: { alias } },
      ),
    ).toBe(false);
  });

  it('is not, about values and how long they hold', () => {
    const wanted = { name: 'x', type: 'A' as const, target: { values: ['10.0.0.2', '10.0.0.1'], ttlSeconds: 60 } };
    const set = {
      Name: 'x.',
      Type: 'A' as const,
      TTL: 60,
      ResourceRecords: [{ Value: '10.0.0.1' }, { Value: '10.0.0.2' }],
    };
    expect(says(set, wanted)).toBe(true);
    expect(says({ ...set, TTL: 300 }, wanted)).toBe(false);
    expect(says({ ...set, ResourceRecords: [{ Value: '10.0.0.1' }] }, wanted)).toBe(false);
  });
});
