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

function cname(Name: string, Value: string): ResourceRecordSet {
  return { Name: `${Name}.`, Type: 'CNAME', TTL: 60, ResourceRecords: [{ Value }] };
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
    const owner = { name: 'pr-7', pullRequest: { repository: 'acme/shop', number: 7 } };
    expect(isOwnName(set, owner, scope(template))).toBe(isOwn);
  });

  // A name that somebody chose may be the name of something else in the zone, and anybody who may tag a thing chooses one.
  it.each<{ what: string; set: ResourceRecordSet; isOwn: boolean }>([
    {
      what: 'its own domain, leading to the load balancer',
      set: recordSet('grafana.ephemeral.example', BALANCER),
      isOwn: true,
    },
    { what: 'its own domain, leading elsewhere', set: recordSet('grafana.ephemeral.example'), isOwn: false },
    { what: 'a host of its own', set: recordSet('api.grafana.ephemeral.example', BALANCER), isOwn: true },
    { what: 'a host below it, leading elsewhere', set: recordSet('db.grafana.ephemeral.example'), isOwn: false },
    {
      what: 'an alias of something else',
      set: recordSet('grafana.ephemeral.example', { to: 'd1.cloudfront.net.' }),
      isOwn: false,
    },
    {
      what: 'a CNAME to something else',
      set: cname('k1._domainkey.grafana.ephemeral.example', 'k1.mail.example.net'),
      isOwn: false,
    },
    {
      what: 'what validates its certificate',
      set: cname('_a1.grafana.ephemeral.example', '_b2.ABC.acm-validations.aws.'),
      isOwn: true,
    },
  ])('whose name was chosen: $what: $isOwn', ({ set, isOwn }) => {
    for (const number of [null, 7]) {
      const owner = { name: 'grafana', pullRequest: { repository: 'acme/shop', number } };
      expect(isOwnName(set, owner, scope(DEEP))).toBe(isOwn);
    }
  });
});
