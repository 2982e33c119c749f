import type { Assignment } from './plan.ts';

export interface ReadingAssignment extends Assignment {
  /** Columns of the row that its SQL looks at. */
  readonly reads: readonly string[];
}

/**
 * An order in which nobody reads what was assigned before: in one `UPDATE`, MySQL lets a later assignment see what an
 * earlier one wrote (Reference Manual, UPDATE Statement). Undefined where two of them read each other's column.
 */
export function assignmentOrder(assignments: readonly ReadingAssignment[]): readonly ReadingAssignment[] | undefined {
  const ordered: ReadingAssignment[] = [];
  let open = [...assignments];
  while (open.length > 0) {
    // Ready is what nobody else who is still open wants to read.
    const ready = open.filter((one) => !open.some((other) => other !== one && other.reads.includes(one.column)));
    if (ready.length === 0) {
      return undefined;
    }
    ordered.push(...ready);
    open = open.filter((one) => !ready.includes(one));
  }
  return ordered;
}
