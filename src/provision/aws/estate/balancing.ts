import { DescribeTargetGroupsCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { TAG_KEYS } from '../../../domain/tags.ts';
import { elbTags } from '../elb-tags.ts';
import { ask } from '../errors.ts';
import { listRules } from '../rules.ts';
import { allPages, askEach, type Reading, type TaggedThing } from './reading.ts';

/** All of ELB is asked ten times a second; a listener with all its rules takes six calls. */
const LISTENERS_PER_SECOND = 1;

export async function readTargetGroups({ clients, scope }: Reading): Promise<TaggedThing[]> {
  const groups = await allPages(async (Marker) => {
    const page = await ask('listing the target groups', () =>
      clients.elb.send(new DescribeTargetGroupsCommand({ Marker })),
    );
    return { items: page.TargetGroups, next: page.NextMarker };
  });
  const named = groups.filter(({ TargetGroupName }) => TargetGroupName?.startsWith(`${scope.name}-`));
  const tags = await elbTags(
    clients.elb,
    named.map(({ TargetGroupArn = '' }) => TargetGroupArn),
  );
  return named.map(({ TargetGroupName: name = '', TargetGroupArn: arn = '' }) => ({
    kind: 'target-group',
    name,
    label: name,
    tags: tags.get(arn) ?? {},
    isWitness: true,
    spec: null,
    recorded: { arn },
  }));
}

/** Rules of the platform's own listeners. By ARN, because a create that was asked for twice made two of one name. */
export async function readRules({ clients, scope, pause }: Reading): Promise<TaggedThing[]> {
  const rules = await askEach(
    scope.listeners,
    { perSecond: LISTENERS_PER_SECOND, pause },
    async ({ arn: listenerArn }) =>
      (await listRules(clients.elb, listenerArn, () => true)).map((rule) => ({ ...rule, listenerArn })),
  );
  return rules.flat().map(({ arn, listenerArn, priority, tags }) => ({
    kind: 'listener-rule',
    name: arn,
    label: tags[TAG_KEYS.name] ?? arn,
    tags,
    isWitness: true,
    spec: { listenerArn },
    recorded: { arn, priority },
  }));
}
