import { DescribeLogGroupsCommand, ListTagsForResourceCommand, type LogGroup } from '@aws-sdk/client-cloudwatch-logs';
import { ask } from '../errors.ts';
import { allPages, askEach, type Reading, type TaggedThing } from './reading.ts';

/** CloudWatch Logs tells tags five times a second (its quotas), and Mayfly's own looks are among them. */
const TAGS_PER_SECOND = 3;

/** One that a late writer made anew has no tags, so nothing says whose it is. */
export async function readLogGroups({ clients, scope, pause }: Reading): Promise<TaggedThing[]> {
  const prefix = `/mayfly/${scope.name}/`;
  const groups = await allPages(async (nextToken) => {
    const page = await ask(`listing the log groups ${prefix}`, () =>
      clients.logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: prefix, nextToken })),
    );
    return { items: page.logGroups, next: page.nextToken };
  });
  return await askEach(groups, { perSecond: TAGS_PER_SECOND, pause }, async (group) => {
    const resourceArn = arnOf(group);
    const name = group.logGroupName ?? '';
    const found = await ask(
      `reading the tags of the log group ${name}`,
      () => clients.logs.send(new ListTagsForResourceCommand({ resourceArn })),
      { on: { 'not-found': () => undefined } },
    );
    const tags = found?.tags ?? {};
    return { kind: 'log-group', name, label: name, tags, isWitness: true, spec: null, recorded: null };
  });
}

/** Without the `:*` at the end, which the tag operations refuse. */
function arnOf({ arn, logGroupArn }: LogGroup): string {
  return logGroupArn ?? (arn ?? '').replace(/:\*$/, '');
}
