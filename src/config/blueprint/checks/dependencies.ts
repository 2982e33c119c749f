import { nearest } from '../../../domain/nearest.ts';
import { quoted } from '../../../domain/quoted.ts';
import type { Finding } from '../../document/finding.ts';
import type { Blueprint } from '../blueprint.ts';

/** What `dependsOn` may name besides services. */
const DATABASE = 'database';

/** Everything that is waited for exists, can be waited for, and does not wait for itself. */
export function dependencyFindings(blueprint: Blueprint): Finding[] {
  const findings: Finding[] = [];
  for (const [name, { dependsOn }] of Object.entries(blueprint.services)) {
    for (const [index, wanted] of dependsOn.entries()) {
      const problem = dependencyProblem(blueprint, wanted);
      if (problem !== undefined) {
        findings.push({ field: ['services', name, 'dependsOn', index], found: wanted, ...problem });
      }
    }
  }
  return findings.length > 0 ? findings : cycleFindings(blueprint);
}

function dependencyProblem(
  { services, tasks, database }: Blueprint,
  wanted: string,
): Pick<Finding, 'message' | 'allowed'> | undefined {
  if (Object.hasOwn(services, wanted)) {
    return undefined;
  }
  if (wanted === DATABASE) {
    return database === null ? { message: 'there is no database to wait for', allowed: null } : undefined;
  }
  const task = Object.hasOwn(tasks, wanted) ? tasks[wanted] : undefined;
  if (task) {
    return task.phase === 'pre-deploy'
      ? undefined
      : { message: `${quoted(wanted)} is a task that does not run before the services`, allowed: null };
  }
  const known = [...Object.keys(services), ...(database === null ? [] : [DATABASE])];
  const meant = nearest(wanted, known);
  return {
    message: `there is no service ${quoted(wanted)}${meant === undefined ? '' : `: did you mean \`${meant}\`?`}`,
    allowed: known.join(', '),
  };
}

/** One finding for each service that stands on a cycle and comes first in the file. */
function cycleFindings({ services }: Blueprint): Finding[] {
  const settled = new Set<string>();
  const findings: Finding[] = [];
  function visit(name: string, trail: readonly string[]): void {
    const start = trail.indexOf(name);
    if (start !== -1) {
      const cycle = [...trail.slice(start), name];
      findings.push({
        field: ['services', name, 'dependsOn'],
        message: `these services wait for each other: ${cycle.join(' → ')}`,
        found: null,
        allowed: null,
      });
      return;
    }
    if (settled.has(name)) {
      return;
    }
    for (const next of services[name]?.dependsOn ?? []) {
      visit(next, [...trail, name]);
    }
    settled.add(name);
  }
  for (const name of Object.keys(services)) {
    visit(name, []);
  }
  return findings;
}
