import type { InventoryItem } from '../../../aws/inventory-item.ts';
import type { Case, PullCase } from '../case.ts';
import { type Violation, violation } from '../violation.ts';

/** Nothing of an environment stands twice: of what has a name of its own in AWS only what it is for can tell. */
export function checkDoubled({ pulls }: Case): Violation[] {
  return pulls.flatMap(doubledOf);
}

function doubledOf({ environment, things }: PullCase): Violation[] {
  const groups = Map.groupBy(
    things.filter(({ status }) => status !== 'INACTIVE'),
    purposeOf,
  );
  return [...groups].flatMap(([purpose, alike]) => {
    const names = alike.map(({ name }) => name).toSorted();
    return purpose === undefined || alike.length === 1
      ? []
      : [violation(0, environment, `${purpose} stands ${alike.length} times: ${names.join(', ')}`)];
  });
}

/** Kinds of which an environment has one of each name at most. */
const NAMED = ['service', 'log group', 'target group', 'secret'];

/** Undefined where several are right: the tasks of a service, the revisions of a task definition, parameters. */
function purposeOf({ kind, name, tags, detail = {} }: InventoryItem): string | undefined {
  if (kind.startsWith('DB cluster')) {
    return 'its database cluster';
  }
  if (NAMED.includes(kind)) {
    return `the ${kind} ${tags['Name'] ?? name}`;
  }
  switch (kind) {
    case 'DB instance':
      return 'its database instance';
    case 'rule':
      return `the rule for ${detail['matches'] ?? name} of ${tags['Name'] ?? ''}`;
    case 'certificate':
      return `the certificate for ${name}`;
    default:
      return undefined;
  }
}
