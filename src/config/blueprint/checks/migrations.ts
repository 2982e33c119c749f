import type { Finding } from '../../document/finding.ts';
import type { Blueprint } from '../blueprint.ts';

/** What is compared has to be found in the clone, and before it is changed. */
export function migrationFindings({ database, tasks }: Blueprint): Finding[] {
  if (!database?.migrations) {
    return [];
  }
  const isRun = Object.values(tasks).some(({ phase }) => phase === 'pre-deploy');
  return [...(database.name === null ? [NAMELESS] : []), ...(isRun ? [] : [NOT_RUN])].map((message) => ({
    field: ['database', 'migrations'],
    message,
    found: null,
    allowed: null,
  }));
}

const NAMELESS = 'migrations are compared in one schema: name it in `database.name`';
const NOT_RUN = 'migrations are compared before a task with `phase: pre-deploy` runs them, and there is none';
