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
  it.each<{ what: string; set: ResourceRecordSet; template: string; isOwn: boolean }>([
    { what: 'its own domain', set: recordSet('pr-7.ephemeral.example'), template: DEEP, isOwn: true },
    {
      what: 'a service of its own',
      set: recordSet('api.pr-7.ephemeral.example', BALANCER),
      template: DEEP,
      isOwn: true,
    },
    { what: 'an address inside', set: recordSet('db.pr-7.ephemeral.example'), template: FLAT, isOwn: true },
    {
      what: 'a validation',
      set: recordSet('_a1.api.pr-7.ephemeral.example', { Type: 'CNAME' }),
      template: DEEP,
      isOwn: true,
    },
    { what: 'another type', set: recordSet('pr-7.ephemeral.example', { Type: 'TXT' }), template: DEEP, isOwn: false },
    {
      what: 'another environment',
      set: recordSet('api.pr-70.ephemeral.example', BALANCER),
      template: DEEP,
      isOwn: false,
    },
    { what: 'another zone', set: recordSet('api.pr-7.other.example', BALANCER), template: DEEP, isOwn: false },
    {
      what: 'a reminder of it',
      set: recordSet('pr-7-notes.ephemeral.example', BALANCER),
      template: DEEP,
      isOwn: false,
    },
    {
      what: 'a flat host that leads to the load balancer',
      set: recordSet('api-pr-7.ephemeral.example', BALANCER),
      template: FLAT,
      isOwn: true,
    },
    {
      what: 'a flat host that leads elsewhere',
      set: recordSet('api-pr-7.ephemeral.example'),
      template: FLAT,
      isOwn: false,
    },
    {
      what: 'below a flat host',
      set: recordSet('_a1.api-pr-7.ephemeral.example', { Type: 'CNAME' }),
      template: FLAT,
      isOwn: false,
    },
    {
      what: 'a flat host of another',
      set: recordSet('api-pr-7-x.ephemeral.example', BALANCER),
      template: FLAT,
      isOwn: false,
    },
  ])('$what: $isOwn', ({ set, template, isOwn }) => {
    expect(isOwnName(set, 'pr-7', scope(template))).toBe(isOwn);
  });
});
