import type { Case, JudgedCloud, PullCase } from '../case.ts';
import { isUp } from '../case.ts';
import { type Violation, violation } from '../violation.ts';

/** As many lines as fit into a comment. */
const LONGEST_RECEIPT = 200;

/**
 * What was removed shows a receipt, complete, of all that AWS was asked to make in that life: compared with the calls,
 * not with what Mayfly remembers of them.
 */
export function checkReceipts({ cloud, pulls }: Case): Violation[] {
  return pulls.filter(isOver).flatMap((pull) => [...unfinished(pull), ...forgotten(cloud, pull)]);
}

function isOver(pull: PullCase): boolean {
  return !isUp(pull) && /^### ⚪ .* was removed/m.test(bodyOf(pull));
}

function bodyOf({ comments }: PullCase): string {
  return comments[0]?.body ?? '';
}

function unfinished(pull: PullCase): Violation[] {
  const [, gone, asked] = /Receipt: (\d+) of (\d+) resources seen gone/.exec(bodyOf(pull)) ?? [];
  if (gone === undefined) {
    return [violation(5, pull.environment, 'its comment says that it was removed, and shows no receipt')];
  }
  return gone === asked ? [] : [violation(5, pull.environment, `its receipt has ${gone} of ${asked} seen gone`)];
}

function forgotten({ witness }: JudgedCloud, pull: PullCase): Violation[] {
  const body = bodyOf(pull);
  const began = pull.record?.createdAt;
  const lines = Number(/Receipt: \d+ of (\d+)/.exec(body)?.[1] ?? 0);
  if (!began || lines > LONGEST_RECEIPT) {
    return [];
  }
  const made = witness.made.filter(({ environment, at }) => environment === pull.environment && at >= began);
  const names = new Set(made.map(({ name }) => name));
  return [...names]
    .filter((name) => !body.includes(name))
    .map((name) => violation(5, pull.environment, `AWS was asked to make ${name}, which its receipt does not name`));
}
