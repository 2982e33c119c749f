import type { ResourceKind } from '../../domain/resource.ts';
import { encodeTags, TAG_KEYS } from '../../domain/tags.ts';
import { type AnyNode, node, ready } from '../graph/node.ts';
import type { PlanContext } from './context.ts';

/**
 * Kinds whose tags are kept true. Parameters are not among them: a path holds dozens, each tagged by itself at a few calls
 * a second. Nor are task definitions: a revision says what was true of the commit it was made for. Their `TTL` is that of
 * their making, so whoever judges an environment by tags alone takes the latest `TTL` that any of its resources carries.
 */
const TAGGED: readonly ResourceKind[] = [
  'log-group',
  'secret',
  'clone-cluster',
  'clone-instance',
  'database-credentials',
  'database-user',
  'certificate',
  'target-group',
  'listener-rule',
  'service',
];

/** Keeps the tags that change true on everything: an extend and a push must be seen by whoever has nothing but tags. A push may bring tags of its own. */
export function retaggingNodes(context: PlanContext, nodes: readonly AnyNode[]): AnyNode[] {
  const tagged = nodes.filter(({ kind }) => TAGGED.includes(kind));
  if (tagged.length === 0) {
    return [];
  }
  const { identity, intent } = context.record;
  const tags = encodeTags({
    environment: identity,
    name: '',
    branch: intent.headRef,
    commit: intent.headSha,
    expiresAt: intent.expiresAt,
  });
  // The physical name is each resource's own.
  const { [TAG_KEYS.name]: _, ...changing } = tags;
  return [
    node({
      key: 'resource-tags',
      kind: 'resource-tags',
      name: context.physicalName('resource-tags'),
      title: 'Tags',
      service: null,
      needs: tagged.map(({ key }) => ready(key)),
      spec: (known) => ({
        arns: tagged.map(({ kind, key }) => arnOf(known.outputs(kind, key))).filter((arn) => arn !== undefined),
        tags: { ...context.blueprint.tags, ...changing },
      }),
    }),
  ];
}

function arnOf(outputs: object): string | undefined {
  const { arn, secretArn } = outputs as { arn?: string; secretArn?: string };
  return arn ?? secretArn;
}
