import type { ResourceRecordSet, RRType } from '@aws-sdk/client-route-53';
import { describe, expect, it } from '@jest/globals';
import { isOwnName } from '../../src/provision/aws/estate/record-names.ts';

const FLAT = '{service}-{env}.{zone}';
const DEEP = '{service}.{env}.{zone}';

function scope(hostTemplate: string) {
  return {
    name: 'mayfly',
    clusterArn: 'arn:aws:ecs:eu-west-1:123456789012:cluster/mayfly',
    loadBalancerDnsName: 'mayfly-1.eu-west-1.elb.amazonaws.com',
    listeners: [],
    zone: 'ephemeral.example',
    zoneId: 'Z1',
    hostTemplate,
  };
}

function recordSet(Name: string, { Type = 'A', to }: { Type?: RRType; to?: string } = {}): ResourceRecordSet {
  return to === undefined
    ? { Name: `${Name}.`, Type, TTL: 60, ResourceRecords: [{ Value: '10.0.0.1' }] }
    : { Name: `${Name}.`, Type, AliasTarget: { DNSName: to, HostedZoneId: 'Z2', EvaluateTargetHealth: false } };
}

const BALANCER = { to: 'Mayfly-1.eu-west-1.elb.amazonaws.com.' };

describe('a name of the zone is an environment’s', () => {
  it.each<[string, ResourceRecordSet, string, boolean]>([
    ['its own domain', recordSet('pr-7.ephemeral.example'), DEEP, true],
    ['a service of its own', recordSet('api.pr-7.ephemeral.example', BALANCER), DEEP, true],
    ['an address inside', recordSet('db.pr-7.ephemeral.example'), FLAT, true],
    ['a validation', recordSet('_a1.api.pr-7.ephemeral.example', { Type: 'CNAME' }), DEEP, true],
    ['another type', recordSet('pr-7.ephemeral.example', { Type: 'TXT' }), DEEP, false],
    ['another environment', recordSet('api.pr-70.ephemeral.example', BALANCER), DEEP, false],
    ['another zone', recordSet('api.pr-7.other.example', BALANCER), DEEP, false],
    ['a reminder of it', recordSet('pr-7-notes.ephemeral.example', BALANCER), DEEP, false],
    ['a flat host that leads to the load balancer', recordSet('api-pr-7.ephemeral.example', BALANCER), FLAT, true],
    ['a flat host that leads elsewhere', recordSet('api-pr-7.ephemeral.example'), FLAT, false],
    ['below a flat host', recordSet('_a1.api-pr-7.ephemeral.example', { Type: 'CNAME' }), FLAT, false],
    ['a flat host of another', recordSet('api-pr-7-x.ephemeral.example', BALANCER), FLAT, false],
  ])('%s', (_what, set, template, isOwn) => {
    expect(isOwnName(set, 'pr-7', scope(template))).toBe(isOwn);
  });
});
