import { ACMClient, ListCertificatesCommand } from '@aws-sdk/client-acm';
import {
  DescribeLoadBalancersCommand,
  DescribeTargetGroupsCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { ListHostedZonesCommand, Route53Client } from '@aws-sdk/client-route-53';
import type { Endpoint, Listings } from './listing.ts';

export function balancingListings(endpoint: Endpoint): Listings {
  const acm = new ACMClient(endpoint);
  const elb = new ElasticLoadBalancingV2Client(endpoint);
  const route53 = new Route53Client(endpoint);
  return {
    certificate: async () =>
      (await acm.send(new ListCertificatesCommand({}))).CertificateSummaryList?.map(
        ({ CertificateArn }) => CertificateArn,
      ),
    'load balancer': async () =>
      (await elb.send(new DescribeLoadBalancersCommand({}))).LoadBalancers?.map(
        ({ LoadBalancerName }) => LoadBalancerName,
      ),
    'target group': async () =>
      (await elb.send(new DescribeTargetGroupsCommand({}))).TargetGroups?.map(({ TargetGroupName }) => TargetGroupName),
    'hosted zone': async () =>
      (await route53.send(new ListHostedZonesCommand({}))).HostedZones?.map(({ Name }) => Name),
  };
}
