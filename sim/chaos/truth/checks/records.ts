import type { Case, PullCase } from '../case.ts';
import { isUp } from '../case.ts';
import { type Violation, violation } from '../violation.ts';

/** Kinds of which nothing stands in the account. */
const LOOKS_ONLY = ['image', 'rollout', 'target-health', 'smoke', 'resource-tags'];

/** What Mayfly remembers is so: nothing stands of what it takes for gone, and it takes for there what is. */
export function checkRecords({ pulls }: Case): Violation[] {
  return pulls.flatMap((pull) => [...goneAndThere(pull), ...thereAndUnknown(pull)]);
}

function goneAndThere(pull: PullCase): Violation[] {
  const { record, things, environment } = pull;
  return record?.goneAt && isUp(pull)
    ? [violation(3, environment, `it is on record as gone, and ${things.length} things of it stand`)]
    : [];
}

/** Every thing with a name of its own is a row that is not struck off. */
function thereAndUnknown({ record, rows, things, environment }: PullCase): Violation[] {
  if (!record) {
    return [];
  }
  const books = rows.filter(({ kind, state }) => state !== 'gone' && !LOOKS_ONLY.includes(kind));
  const names = new Set(books.map(({ name }) => name));
  return things
    .filter(({ tags, kind }) => kind !== 'task' && tags['Name'] !== undefined && !names.has(tags['Name']))
    .map(({ kind, tags }) =>
      violation(3, environment, `the ${kind} ${tags['Name']} stands, and is not among what Mayfly has on its books`),
    );
}
