import type {
  DescribeTargetGroupAttributesInput,
  DescribeTargetGroupAttributesOutput,
  ModifyTargetGroupAttributesInput,
  ModifyTargetGroupAttributesOutput,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { World } from '../world.ts';
import { describeAttributes, modifyAttributes } from './attributes.ts';
import { targetGroupOf } from './target-groups.ts';
import { checkRange } from './validation-error.ts';

export function modifyTargetGroupAttributes(
  world: World,
  { TargetGroupArn, Attributes = [] }: ModifyTargetGroupAttributesInput,
): ModifyTargetGroupAttributesOutput {
  const group = targetGroupOf(world, TargetGroupArn);
  const delay = Attributes.find((attribute) => attribute.Key === 'deregistration_delay.timeout_seconds');
  if (delay) {
    checkRange('Deregistration delay', Number(delay.Value), [0, 3600]);
  }
  return modifyAttributes(group.attributes, Attributes);
}

export function describeTargetGroupAttributes(
  world: World,
  { TargetGroupArn }: DescribeTargetGroupAttributesInput,
): DescribeTargetGroupAttributesOutput {
  return describeAttributes(targetGroupOf(world, TargetGroupArn).attributes);
}
