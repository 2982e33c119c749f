import type { World } from '../world.ts';

/** `arn:aws:ec2:<region>:<account>:vpc/vpc-0…`. */
export function ec2Arn({ region, accountId }: World, kind: string, id: string): string {
  return `arn:aws:ec2:${region}:${accountId}:${kind}/${id}`;
}
