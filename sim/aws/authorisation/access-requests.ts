import { itemNamed } from '../page/inventories.ts';
import type { Tags } from '../tag-index.ts';
import type { World } from '../world.ts';
import type { AccessRequest } from './decide.ts';
import type { Need } from './need.ts';
import { type ActionFacts, factsOf, hasKey } from './service-reference.ts';

/**
 * The requests that IAM judges for a need, one for each resource, with the condition keys that AWS has for the action and
 * for the resource and no others. Rejects where a need names a resource or a key that AWS does not have for its action:
 * that is a fault of the table it stands in.
 */
export async function accessRequests(world: World, need: Need): Promise<AccessRequest[]> {
  const facts = await factsOf(need.action);
  return need.resources.map((resource) => {
    checkResource(need.action, resource, facts);
    return { action: need.action, resource, context: contextOf(world, { need, resource, facts }) };
  });
}

function checkResource(action: string, resource: string, { resourceTypes }: ActionFacts): void {
  const isKnown = resource === '*' ? resourceTypes.length === 0 : resourceTypes.some(({ arn }) => arn.test(resource));
  if (!isKnown) {
    throw new Error(`${action} is not judged on ${resource}`);
  }
}

function contextOf(
  world: World,
  { need, resource, facts }: { need: Need; resource: string; facts: ActionFacts },
): ReadonlyMap<string, string | readonly string[]> {
  const { action, keys = {}, requestTags } = need;
  const context = new Map<string, string | readonly string[]>();
  const put = (key: string, value: string | readonly string[]): void => {
    if (!hasKey(facts, resource, key)) {
      throw new Error(`${action} on ${resource} is not judged with ${key}`);
    }
    context.set(key.toLowerCase(), value);
  };
  for (const [key, value] of Object.entries(keys)) {
    put(key, value);
  }
  for (const [key, value] of Object.entries(requestTags ?? {})) {
    put(`aws:RequestTag/${key}`, value);
  }
  if (requestTags) {
    put('aws:TagKeys', Object.keys(requestTags));
  }
  for (const [key, value] of Object.entries(tagsOf(world, resource))) {
    if (hasKey(facts, resource, `aws:ResourceTag/${key}`)) {
      put(`aws:ResourceTag/${key}`, value);
    }
  }
  return context;
}

/** As they stand now. A resource that is not there has none. */
function tagsOf(world: World, arn: string): Tags {
  // Of a log group's streams the group's own decide: streams carry none.
  return itemNamed(world, arn.replace(/:log-stream:.*$/, ''))?.tags ?? {};
}
