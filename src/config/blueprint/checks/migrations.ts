import { referencesOf } from '../../../domain/template.ts';
import type { Finding } from '../../document/finding.ts';
import type { Blueprint } from '../blueprint.ts';

/** What is compared has to be found in the clone, and before it is changed. */
export function migrationFindings({ database, tasks, refs }: Blueprint): Finding[] {
  if (!database?.migrations) {
    return [];
  }
  const { ref = '' } = database.migrations.elsewhere ?? {};
  const known = Object.keys(refs).map((name) => `ref.${name}`);
  const strangers = referencesOf(ref)
    .filter((reference) => !known.includes(reference))
    .map((reference) => ({
      field: ['database', 'migrations', 'ref'],
      message: OTHER_REFERENCE,
      found: `\${${reference}}`,
      allowed: known.length > 0 ? known.map((name) => `\${${name}}`).join(', ') : null,
    }));
  const isRun = Object.values(tasks).some(({ phase }) => phase === 'pre-deploy');
  const unfit = [...(database.name === null ? [NAMELESS] : []), ...(isRun ? [] : [NOT_RUN])];
  return [
    ...unfit.map((message) => ({ field: ['database', 'migrations'], message, found: null, allowed: null })),
    ...strangers,
  ];
}

const OTHER_REFERENCE = 'migrations are read before anything is made: only what stands in `refs` is known then';
const NAMELESS = 'migrations are compared in one schema: name it in `database.name`';
const NOT_RUN = 'migrations are compared before a task with `phase: pre-deploy` runs them, and there is none';
