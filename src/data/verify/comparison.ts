import type { ScanFinding, UncomparedColumn } from '../../domain/passport.ts';
import type { CoveredTable } from '../rules/covered.ts';
import type { Mask } from '../rules/rule-set.ts';
import { chanceOfSame, isByChance } from './chance.ts';

export const ORIGINAL_VALUES = 'values of the original';

/** Of one column: different values of the original, by their marks, and those of them that are there still. */
export interface Tally {
  readonly looked: Set<number>;
  readonly same: Set<number>;
  /** Where they are. */
  rows: number;
}

export interface Comparison {
  readonly findings: readonly Omit<ScanFinding, 'allowed'>[];
  /** Masked columns of which nothing can be said. */
  readonly uncompared: readonly UncomparedColumn[];
}

interface Judging {
  /** In the order of `markedColumns`. */
  readonly tallies: readonly Tally[];
  readonly chanceOf: (mask: Mask) => number;
  /** Why there is no value to compare. */
  readonly whyNone: (mask: Mask) => string;
}

export function emptyTally(looked: Iterable<number> = []): Tally {
  return { looked: new Set(looked), same: new Set(), rows: 0 };
}

/** What follows from the tallies of a table that has rows. */
export function judge({ table, columns }: CoveredTable, { tallies, chanceOf, whyNone }: Judging): Comparison {
  const findings: Comparison['findings'][number][] = [];
  const uncompared: UncomparedColumn[] = [];
  const waiting = [...tallies];
  for (const { column, mask } of columns.filter((each) => each.mask.kind !== 'keep')) {
    const place = { table: table.name, column: column.name };
    const isMarked = chanceOfSame(mask) !== undefined;
    const { looked, same, rows } = (isMarked ? waiting.shift() : undefined) ?? emptyTally();
    if (looked.size === 0) {
      uncompared.push({ ...place, reason: isMarked ? whyNone(mask) : whyNotMarked(mask) });
    } else if (!isByChance({ same: same.size, looked: looked.size, chance: chanceOf(mask) })) {
      findings.push({ ...place, detector: ORIGINAL_VALUES, rows });
    }
  }
  return { findings, uncompared };
}

function whyNotMarked(mask: Mask): string {
  if (mask.kind === 'shuffle') {
    return 'its values are dealt anew among the rows';
  }
  return mask.kind === 'constant' ? 'its value is always the same' : 'its mask may keep any value';
}
