import type { PlannedChange } from './planned.ts';
import type { Remembered } from './workspaces.ts';

const VERBS = { create: 'to add', update: 'to change', replace: 'to replace', delete: 'to remove' } as const;

/** What is going to happen, as Markdown for a workflow's summary. Without Terraform's own text, which may be long. */
export function planSummary({
  name,
  wish,
  changes,
}: {
  name: string;
  wish: Remembered;
  changes: readonly PlannedChange[];
}): string {
  const counts = Object.entries(VERBS).flatMap(([action, verb]) => {
    const count = changes.filter((change) => change.action === action).length;
    return count === 0 ? [] : [`${count} ${verb}`];
  });
  const rows = changes.map(({ action, address }) => `| ${action} | \`${address.replaceAll('|', '\\|')}\` |`);
  return [
    `### Environment \`${name}\``,
    '',
    `Of \`${wish.repository}\`, branch \`${wish.branch.replaceAll('`', '')}\`, commit \`${wish.commit.slice(0, 10)}\`. Expires at ${wish.expiresAt}.`,
    '',
    counts.length === 0 ? 'Nothing to do.' : `${counts.join(', ')}.`,
    ...(rows.length === 0 ? [] : ['', '| | Resource |', '| --- | --- |', ...rows.toSorted()]),
    '',
  ].join('\n');
}
