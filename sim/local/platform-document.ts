import type { SeededPlatform } from '../seed-platform.ts';

/** As the platform document has them; those left out are its defaults. */
export interface PlatformLimits {
  readonly environments?: number;
  readonly ttlSeconds?: number;
  readonly maxTtlSeconds?: number;
}

/** Nobody's: round figures, so that sums can be checked in the head. */
const PRICES = {
  figures: {
    asOf: '2026-11-20',
    source: 'simulated by the local cloud',
    usd: {
      fargateX86VcpuHour: 0.05,
      fargateX86GbHour: 0.005,
      fargateArmVcpuHour: 0.04,
      fargateArmGbHour: 0.004,
      acuHour: 0.15,
      loadBalancerHour: 0.03,
      secretMonth: 0.5,
      storageGbMonth: 0.1,
    },
  },
  currency: { code: 'GBP', perUsd: 0.8, asOf: '2026-11-20' },
};

/** The document that Terraform would have written about a seeded platform. */
export function platformDocument(
  seeded: SeededPlatform,
  {
    region,
    zone,
    repository,
    limits = {},
    database = {},
  }: {
    region: string;
    zone: string;
    repository: string;
    limits?: PlatformLimits;
    database?: object | undefined;
  },
): object {
  const certificateNames = [zone, `*.${zone}`];
  return {
    version: 1,
    name: 'nonprod',
    accountId: seeded.accountId,
    region,
    network: {
      vpcId: seeded.vpcId,
      subnetIds: seeded.subnetIds,
      serviceSecurityGroupIds: [seeded.serviceSecurityGroupId],
    },
    cluster: {
      name: seeded.clusterArn.split('/').at(-1),
      arn: seeded.clusterArn,
      executionRoleArn: seeded.executionRoleArn,
      taskRoleArn: seeded.executionRoleArn.replace(/-execution$/, '-task'),
    },
    loadBalancer: {
      arn: seeded.loadBalancerArn,
      dnsName: seeded.loadBalancerDnsName.toLowerCase(),
      zoneId: seeded.loadBalancerZoneId,
      listeners: [
        { port: 80, protocol: 'HTTP', arn: seeded.httpListenerArn, certificateNames: [] },
        { port: 443, protocol: 'HTTPS', arn: seeded.httpsListenerArn, certificateNames },
      ],
    },
    dns: { zoneId: seeded.zoneId.replace(/^\/hostedzone\//, ''), zone },
    database: {
      sourceIdentifier: seeded.sourceIdentifier,
      subnetGroup: seeded.subnetGroup,
      securityGroupIds: [seeded.databaseSecurityGroupId],
      parameterGroup: seeded.parameterGroup,
      sourceVersion: '2026-11-20',
      ...database,
    },
    registry: { host: seeded.registry },
    logs: { retentionDays: 7 },
    environmentPrefixes: { [repository]: 'pr' },
    prices: PRICES,
    limits,
  };
}
