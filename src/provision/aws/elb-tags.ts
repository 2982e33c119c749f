import { DescribeTagsCommand, type ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Sender } from './clients.ts';
import { ask } from './errors.ts';
import { readTags, type Tags } from './ownership.ts';

export type Elb = Sender<ElasticLoadBalancingV2Client>;

/** `DescribeTags` takes twenty ARNs. */
const TAGS_AT_ONCE = 20;

/** The tags of load balancer resources, by ARN. What has gone in between is left out. */
export async function elbTags(elb: Elb, arns: readonly string[]): Promise<ReadonlyMap<string, Tags>> {
  const found = new Map<string, Tags>();
  for (let from = 0; from < arns.length; from += TAGS_AT_ONCE) {
    const ResourceArns = arns.slice(from, from + TAGS_AT_ONCE);
    const page = await ask(
      'reading the tags of load balancer resources',
      () => elb.send(new DescribeTagsCommand({ ResourceArns })),
      // One that is gone fails the whole call; alone it simply has no tags.
      { on: ResourceArns.length === 1 ? { 'not-found': () => undefined } : {} },
    );
    for (const { ResourceArn = '', Tags } of page?.TagDescriptions ?? []) {
      found.set(ResourceArn, readTags(Tags));
    }
  }
  return found;
}
