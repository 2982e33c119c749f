import type { Case } from '../case.ts';
import { isOurs, missingTags } from '../our-tags.ts';
import { type Violation, violation } from '../violation.ts';

/** What stands of ours can be found, judged and deleted by its tags alone. What was made without any, the witness saw. */
export function checkTags({ things, cloud }: Case): Violation[] {
  return things
    .filter(({ tags, arn }) => isOurs(tags) && !cloud.witness.bystanders.has(arn))
    .flatMap(({ kind, name, tags }) => {
      const missing = missingTags(tags);
      const subject = tags['Environment'] ?? name;
      return missing.length === 0 ? [] : [violation(6, subject, `the ${kind} ${name} has no ${missing.join(', ')}`)];
    });
}
