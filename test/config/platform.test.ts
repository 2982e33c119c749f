import { describe, expect, it } from '@jest/globals';
import { ConfigError } from '../../src/config/config-error.ts';
import { parsePlatform } from '../../src/config/platform.ts';

const account = '123456789012';
const document = {
  version: 1,
  name: 'mayfly',
  accountId: account,
  region: 'eu-west-1',
  network: { vpcId: 'vpc-0a1', subnetIds: ['subnet-0a1', 'subnet-0a2'], serviceSecurityGroupIds: ['sg-0a1'] },
  cluster: {
    name: 'ephemeral',
    arn: `arn:aws:ecs:eu-west-1:${account}:cluster/ephemeral`,
    executionRoleArn: `arn:aws:iam::${account}:role/execution`,
  },
  loadBalancer: {
    arn: `arn:aws:elasticloadbalancing:eu-west-1:${account}:loadbalancer/app/e/1`,
    dnsName: 'E-1.eu-west-1.elb.amazonaws.com',
    zoneId: 'Z32O12XQLNTSW2',
    listeners: [
      {
        port: 443,
        protocol: 'HTTPS',
        arn: `arn:aws:elasticloadbalancing:eu-west-1:${account}:listener/app/e/1/2`,
        certificateNames: ['*.ephemeral.example.gov.uk'],
      },
    ],
  },
  dns: { zoneId: 'Z1', zone: 'ephemeral.example.gov.uk' },
  database: { sourceIdentifier: 'source', subnetGroup: 'clones', securityGroupIds: ['sg-0a2'] },
  registry: { host: `${account}.dkr.ecr.eu-west-1.amazonaws.com` },
  logs: { retentionDays: 7 },
};

function problemsOf(value: unknown): Record<string, string> {
  try {
    parsePlatform(JSON.stringify(value));
  } catch (error) {
    if (error instanceof ConfigError) {
      return Object.fromEntries(error.problems.map(({ name, problem }) => [name, problem]));
    }
    throw error;
  }
  return {};
}

describe('parsePlatform', () => {
  it('fills in what the document leaves out', () => {
    expect(parsePlatform(JSON.stringify(document))).toEqual({
      ...document,
      hostTemplate: '{service}.{env}.{zone}',
      environmentPrefixes: {},
      limits: {
        environments: 10,
        listenerRules: 100,
        listenerCertificates: 25,
        ttlSeconds: 604_800,
        maxTtlSeconds: 2_419_200,
      },
    });
  });

  it('knows the key that logs are encrypted with', () => {
    const logs = {
      retentionDays: 7,
      kmsKeyArn: `arn:aws:kms:eu-west-1:${account}:key/mrk-1234abcd12ab34cd56ef1234567890ab`,
    };
    expect(parsePlatform(JSON.stringify({ ...document, logs })).logs).toEqual(logs);
  });

  it('knows how sources are made, and fills in what that leaves out', () => {
    const refresh = {
      snapshotsOf: 'production',
      database: 'vol',
      rules: '/rules/vol.yml',
      taskFamily: 'mask',
      passwordSecret: 'mayfly/source',
    };
    const passportPublicKey = '-----BEGIN PUBLIC KEY-----\nMCow\n-----END PUBLIC KEY-----\n';
    const database = { ...document.database, passportPublicKey, refresh };
    expect(parsePlatform(JSON.stringify({ ...document, database })).database.refresh).toEqual({
      ...refresh,
      keepDays: 7,
      instanceClass: 'db.serverless',
      capacity: { min: 1, max: 16 },
      container: 'anonymise',
      maskHours: 24,
    });
    const wrong = { ...document.database, refresh: { ...refresh, schedule: 'daily', keepDays: 0 } };
    expect(problemsOf({ ...document, database: wrong })).toEqual({
      'database.refresh.schedule': expect.stringContaining('must be five fields'),
      'database.refresh.keepDays': expect.any(String),
    });
    expect(problemsOf({ ...document, database: { ...document.database, refresh } })).toEqual({
      'database.passportPublicKey': expect.stringContaining('is needed where sources are made'),
    });
  });

  it('reports everything that is wrong at once', () => {
    const wrong = {
      ...document,
      accountId: '12',
      region: 'Ireland',
      name: 'Mayfly',
      network: { vpcId: 'x', subnetIds: [], serviceSecurityGroupIds: ['sg-1'] },
      hostTemplate: '{service}.{zone}',
      extra: true,
      limits: { environments: 0 },
    };
    expect(Object.keys(problemsOf(wrong)).toSorted()).toEqual([
      'accountId',
      'extra',
      'hostTemplate',
      'limits.environments',
      'name',
      'network.subnetIds',
      'network.vpcId',
      'region',
    ]);
  });

  it.each([
    {
      change: { environmentPrefixes: { 'a/b': 'vol', 'a/c': 'vol' } },
      field: 'environmentPrefixes',
      reason: 'one prefix twice',
    },
    {
      change: { environmentPrefixes: { 'a/b': 'prod' } },
      field: 'environmentPrefixes.a/b',
      reason: 'a reserved prefix',
    },
    { change: { environmentPrefixes: { ab: 'vol' } }, field: 'environmentPrefixes.ab', reason: 'no repository' },
    { change: { limits: { ttlSeconds: 200, maxTtlSeconds: 100 } }, field: 'limits', reason: 'a life above its cap' },
    { change: { name: 'internal' }, field: 'name', reason: 'a word that AWS keeps' },
    { change: { name: 'mayfly-2' }, field: 'name', reason: 'a word that would be taken for a number' },
    { change: { version: 2 }, field: 'version', reason: 'another version' },
    { change: { dns: { zoneId: 'Z1', zone: 'Example' } }, field: 'dns.zone', reason: 'no domain' },
    { change: { logs: { retentionDays: 8 } }, field: 'logs.retentionDays', reason: 'days that AWS does not have' },
    {
      change: { logs: { retentionDays: 7, kmsKeyArn: `arn:aws:kms:eu-west-1:${account}:alias/logs` } },
      field: 'logs.kmsKeyArn',
      reason: 'an alias in the place of a key',
    },
  ])('refuses $reason', ({ change, field }) => {
    expect(Object.keys(problemsOf({ ...document, ...change }))).toEqual([field]);
  });

  it.each([
    { change: { trustedCidrs: ['0.0.0.0/0'] }, field: 'trustedCidrs.0', reason: 'everybody' },
    { change: { trustedCidrs: ['10.0.0.1'] }, field: 'trustedCidrs.0', reason: 'an address' },
    { change: { clientSecret: 'x' }, field: 'clientSecret', reason: 'a secret' },
  ])('refuses $reason where people sign in', ({ change, field }) => {
    const cognito = {
      userPoolArn: `arn:aws:cognito-idp:eu-west-1:${account}:userpool/eu-west-1_AbC`,
      userPoolClientId: '1example23456789',
      userPoolDomain: 'people',
    };
    const signingIn = (authentication: object) => ({
      ...document,
      loadBalancer: { ...document.loadBalancer, authentication },
    });
    expect(problemsOf(signingIn({ cognito, trustedCidrs: ['10.0.0.0/16'] }))).toEqual({});
    expect(Object.keys(problemsOf(signingIn({ cognito, ...change })))).toEqual([
      `loadBalancer.authentication.${field}`,
    ]);
  });

  it('refuses two listeners on one port', () => {
    const [listener] = document.loadBalancer.listeners;
    const loadBalancer = { ...document.loadBalancer, listeners: [listener, listener] };
    expect(problemsOf({ ...document, loadBalancer })).toEqual({
      'loadBalancer.listeners': 'has two listeners on one port',
    });
  });

  it.each(['', '{', 'null', '[]', '"x"'])('refuses %j, which is no document', (text) => {
    expect(() => parsePlatform(text)).toThrow(ConfigError);
  });
});
