import type {
  DescribeCapacityReservationInput,
  DescribeCapacityReservationOutput,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { World } from '../world.ts';
import { loadBalancerOf } from './load-balancer-facts.ts';

/**
 * Nothing reserves capacity here. Terraform asks each time it reads a load balancer.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeCapacityReservation.html
 */
export function describeCapacityReservation(
  world: World,
  { LoadBalancerArn }: DescribeCapacityReservationInput,
): DescribeCapacityReservationOutput {
  loadBalancerOf(world, LoadBalancerArn);
  return { CapacityReservationState: [], DecreaseRequestsRemaining: 2 };
}
