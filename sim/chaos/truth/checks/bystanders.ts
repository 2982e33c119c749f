import type { Case } from '../case.ts';
import { type Violation, violation } from '../violation.ts';

/** What was never ours stands as it stood. */
export function checkBystanders({ cloud, things }: Case): Violation[] {
  const now = new Map(things.map((thing) => [thing.arn, thing]));
  return [...cloud.witness.bystanders.values()].flatMap(({ arn, kind, name, tags }) => {
    const thing = now.get(arn);
    if (!thing) {
      return [violation(2, name, `the ${kind} was never ours, and is gone`)];
    }
    const isAsBefore = JSON.stringify(sorted(thing.tags)) === JSON.stringify(sorted(tags));
    return isAsBefore ? [] : [violation(2, name, `the ${kind} was never ours, and its tags were changed`)];
  });
}

function sorted(tags: Readonly<Record<string, string>>): [string, string][] {
  return Object.entries(tags).toSorted(([a], [b]) => a.localeCompare(b));
}
