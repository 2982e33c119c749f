import type { DescribeGlobalClustersMessage, GlobalClustersMessage } from '@aws-sdk/client-rds';
import { Refusal } from '../wire/refusal.ts';
import { recordsOf } from './paging.ts';

/**
 * There are none in this Region alone. Terraform asks for them each time it reads a cluster.
 * https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DescribeGlobalClusters.html
 */
export function describeGlobalClusters(input: DescribeGlobalClustersMessage): GlobalClustersMessage {
  const { GlobalClusterIdentifier: name } = input;
  if (name !== undefined) {
    throw new Refusal('GlobalClusterNotFoundFault', `Global cluster ${name} not found.`);
  }
  const { Marker } = recordsOf([], input, () => '');
  return { GlobalClusters: [], Marker };
}
