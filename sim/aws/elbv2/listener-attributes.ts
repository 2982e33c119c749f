import type {
  DescribeListenerAttributesInput,
  DescribeListenerAttributesOutput,
  ModifyListenerAttributesInput,
  ModifyListenerAttributesOutput,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { World } from '../world.ts';
import { describeAttributes, modifyAttributes } from './attributes.ts';
import { listenerOf } from './listener-lookup.ts';

export function describeListenerAttributes(
  world: World,
  { ListenerArn }: DescribeListenerAttributesInput,
): DescribeListenerAttributesOutput {
  return describeAttributes(listenerOf(world, ListenerArn).attributes);
}

export function modifyListenerAttributes(
  world: World,
  { ListenerArn, Attributes = [] }: ModifyListenerAttributesInput,
): ModifyListenerAttributesOutput {
  return modifyAttributes(listenerOf(world, ListenerArn).attributes, Attributes);
}
