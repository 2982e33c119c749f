import { ListCertificatesCommand } from '@aws-sdk/client-acm';
import { DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { DescribeServicesCommand, ListServicesCommand, ListTaskDefinitionsCommand } from '@aws-sdk/client-ecs';
import {
  DescribeListenerCertificatesCommand,
  DescribeRulesCommand,
  DescribeTargetGroupsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { DescribeDBClustersCommand, DescribeDBInstancesCommand } from '@aws-sdk/client-rds';
import { ListResourceRecordSetsCommand } from '@aws-sdk/client-route-53';
import { ListSecretsCommand } from '@aws-sdk/client-secrets-manager';
import { DescribeParametersCommand } from '@aws-sdk/client-ssm';
import type { Platform } from '../../src/config/platform.ts';
import type { AwsClients } from '../../src/provision/aws/clients.ts';

/**
 * What of an environment is in the account, asked of each service itself and found by name: no tag and no record of
 * Mayfly's is believed. Sorted.
 */
export async function leftoversOf(
  environment: string,
  { clients, platform }: { clients: AwsClients; platform: Platform },
): Promise<string[]> {
  const found = await Promise.all([
    databases(clients),
    tasks(clients, platform),
    balancing(clients, platform),
    names(clients, platform),
    settings(clients),
  ]);
  const own = new RegExp(`${environment}([^0-9]|$)`, 'i');
  return found
    .flat()
    .filter((name) => own.test(name))
    .toSorted();
}

async function databases({ rds }: AwsClients): Promise<string[]> {
  const { DBClusters = [] } = await rds.send(new DescribeDBClustersCommand({}));
  const { DBInstances = [] } = await rds.send(new DescribeDBInstancesCommand({}));
  return [
    ...DBClusters.map((cluster) => `cluster ${cluster.DBClusterIdentifier}`),
    ...DBInstances.map((instance) => `instance ${instance.DBInstanceIdentifier}`),
  ];
}

async function tasks({ ecs, logs }: AwsClients, { cluster }: Platform): Promise<string[]> {
  const { serviceArns = [] } = await ecs.send(new ListServicesCommand({ cluster: cluster.arn, maxResults: 100 }));
  const { taskDefinitionArns = [] } = await ecs.send(new ListTaskDefinitionsCommand({}));
  const { logGroups = [] } = await logs.send(new DescribeLogGroupsCommand({}));
  return [
    ...(await standing(ecs, cluster.arn, serviceArns)),
    ...taskDefinitionArns,
    ...logGroups.map(({ logGroupName }) => `log group ${logGroupName}`),
  ];
}

async function balancing({ elb, acm }: AwsClients, { loadBalancer }: Platform): Promise<string[]> {
  const { TargetGroups = [] } = await elb.send(new DescribeTargetGroupsCommand({}));
  const listeners = loadBalancer.listeners.map(({ arn }) => arn);
  const rules = await Promise.all(
    listeners.map(async (ListenerArn) => (await elb.send(new DescribeRulesCommand({ ListenerArn }))).Rules ?? []),
  );
  const held = await Promise.all(
    listeners.map(
      async (ListenerArn) =>
        (await elb.send(new DescribeListenerCertificatesCommand({ ListenerArn }))).Certificates ?? [],
    ),
  );
  const { CertificateSummaryList = [] } = await acm.send(new ListCertificatesCommand({}));
  const nameOf = new Map(CertificateSummaryList.map(({ CertificateArn, DomainName }) => [CertificateArn, DomainName]));
  return [
    ...TargetGroups.map(({ TargetGroupName }) => `target group ${TargetGroupName}`),
    ...rules
      .flat()
      .flatMap(({ Conditions = [] }) =>
        Conditions.flatMap(({ Values = [] }) => Values.map((host) => `rule for ${host}`)),
      ),
    ...held.flat().map(({ CertificateArn }) => `listener certificate ${nameOf.get(CertificateArn)}`),
    ...CertificateSummaryList.map(({ DomainName }) => `certificate ${DomainName}`),
  ];
}

async function names({ route53 }: AwsClients, { dns }: Platform): Promise<string[]> {
  const { ResourceRecordSets = [] } = await route53.send(
    new ListResourceRecordSetsCommand({ HostedZoneId: dns.zoneId }),
  );
  return ResourceRecordSets.map(({ Name, Type }) => `record ${Type} ${Name}`);
}

async function settings({ secrets, ssm }: AwsClients): Promise<string[]> {
  const { SecretList = [] } = await secrets.send(
    new ListSecretsCommand({ IncludePlannedDeletion: true, MaxResults: 100 }),
  );
  const { Parameters = [] } = await ssm.send(new DescribeParametersCommand({ MaxResults: 50 }));
  return [...SecretList.map(({ Name }) => `secret ${Name}`), ...Parameters.map(({ Name }) => `parameter ${Name}`)];
}

/** moto lists a deleted service for ever; like ECS, it calls it INACTIVE. */
async function standing(ecs: AwsClients['ecs'], cluster: string, arns: readonly string[]): Promise<string[]> {
  const left: string[] = [];
  for (let at = 0; at < arns.length; at += 10) {
    const { services = [] } = await ecs.send(
      new DescribeServicesCommand({ cluster, services: arns.slice(at, at + 10) }),
    );
    left.push(...services.filter(({ status }) => status !== 'INACTIVE').map(({ serviceArn = '' }) => serviceArn));
  }
  return left;
}
