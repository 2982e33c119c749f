import type { Quantities, TaskSize } from '../../domain/cost.ts';
import type { OutputsOf, ResourceKind, SpecOf } from '../../domain/resource.ts';
import type { ResourceRecord } from '../store.ts';

/**
 * What there is of things that AWS bills for, by the ledger: what was ready once and was not yet seen gone. What is only
 * asked for costs nothing yet, or a few minutes of it.
 */
export function quantitiesOf(rows: readonly ResourceRecord[]): Quantities {
  const there = rows.filter(({ readyAt, goneAt }) => readyAt && !goneAt);
  const clone = there.find(({ kind }) => kind === 'clone-cluster');
  // Without its instance a cluster has no capacity.
  const runs = there.some(({ kind }) => kind === 'clone-instance');
  const capacity = clone && (clone.spec as SpecOf<'clone-cluster'> | null)?.capacity;
  return {
    tasks: [...serviceTasks(there), ...oneOffTasks(rows)],
    acu: capacity && runs ? { min: capacity.min, max: capacity.max } : null,
    rules: countOf(there, 'listener-rule'),
    secrets: countOf(there, 'secret') + countOf(there, 'database-credentials') + countOf(there, 'database-user'),
  };
}

function serviceTasks(rows: readonly ResourceRecord[]): TaskSize[] {
  return rows.flatMap(({ kind, key, spec }) => {
    const count = kind === 'service' ? ((spec as SpecOf<'service'> | null)?.desiredCount ?? 0) : 0;
    return count > 0 ? sizeOf(rows, key, count) : [];
  });
}

/** Those that run now: a task that has ended costs nothing, and keeps its row. */
function oneOffTasks(rows: readonly ResourceRecord[]): TaskSize[] {
  return rows.flatMap(({ kind, key, state, outputs, goneAt }) => {
    const running =
      kind === 'one-off-task' &&
      state === 'pending' &&
      !goneAt &&
      (outputs as Partial<OutputsOf<'one-off-task'>> | null)?.taskArn;
    return running ? sizeOf(rows, key, 1) : [];
  });
}

/** `service/api` and `one-off-task/api` are made of `task-definition/api`. */
function sizeOf(rows: readonly ResourceRecord[], key: string, count: number): TaskSize[] {
  const definition = rows.find((row) => row.key === `task-definition/${key.slice(key.indexOf('/') + 1)}`);
  const content = (definition?.spec as SpecOf<'task-definition'> | null | undefined)?.content;
  return content ? [{ cpu: content.cpu, memory: content.memory, architecture: content.architecture, count }] : [];
}

function countOf(rows: readonly ResourceRecord[], wanted: ResourceKind): number {
  return rows.filter(({ kind }) => kind === wanted).length;
}
