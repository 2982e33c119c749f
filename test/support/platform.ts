import { type Platform, parsePlatform } from '../../src/config/platform.ts';

const REGION = 'eu-west-1';
const ACCOUNT = '123456789012';
const arn = (service: string, rest: string) => `arn:aws:${service}:${REGION}:${ACCOUNT}:${rest}`;

/** A platform of no account, whose HTTPS listener covers one label below the zone. */
export function testPlatform(overrides: Readonly<Record<string, unknown>> = {}): Platform {
  return parsePlatform(platformText(overrides));
}

/** Its document. */
export function platformText(overrides: Readonly<Record<string, unknown>> = {}): string {
  const zone = 'ephemeral.example.gov.uk';
  return JSON.stringify({
    version: 1,
    name: 'nonprod',
    accountId: ACCOUNT,
    region: REGION,
    network: { vpcId: 'vpc-1', subnetIds: ['subnet-1', 'subnet-2'], serviceSecurityGroupIds: ['sg-1'] },
    cluster: {
      name: 'main',
      arn: arn('ecs', 'cluster/main'),
      executionRoleArn: `arn:aws:iam::${ACCOUNT}:role/execution`,
      taskRoleArn: `arn:aws:iam::${ACCOUNT}:role/task`,
    },
    loadBalancer: {
      arn: arn('elasticloadbalancing', 'loadbalancer/app/main/1'),
      dnsName: 'main-1.eu-west-1.elb.amazonaws.com',
      zoneId: 'Z1',
      listeners: [
        {
          port: 80,
          protocol: 'HTTP',
          arn: arn('elasticloadbalancing', 'listener/app/main/1/80'),
          certificateNames: [],
        },
        {
          port: 443,
          protocol: 'HTTPS',
          arn: arn('elasticloadbalancing', 'listener/app/main/1/443'),
          certificateNames: [zone, `*.${zone}`],
        },
      ],
    },
    dns: { zoneId: 'Z2', zone },
    database: { sourceIdentifier: 'source', subnetGroup: 'database', securityGroupIds: ['sg-2'] },
    registry: { host: `${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com` },
    logs: { retentionDays: 7 },
    ...overrides,
  });
}
