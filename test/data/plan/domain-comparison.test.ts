import { describe, expect, it } from '@jest/globals';
import { comparisonOf } from '../../../src/data/plan/domain-comparison.ts';
import type { Place, TiedColumns } from '../../../src/data/plan/tied-columns.ts';

function place(table: string, collation: string): Place {
  const column = {
    name: 'x',
    kind: 'text',
    columnType: 'varchar(20)',
    maxLength: 20,
    charset: collation.split('_')[0],
    collation,
    nullable: true,
    isGenerated: false,
    isAutoIncrement: false,
    followsUpdates: false,
  } as const;
  return { table, covered: { column, mask: { kind: 'hash', length: undefined }, domain: 'd' } };
}

interface World {
  readonly free?: readonly string[];
  readonly unique?: readonly string[];
  readonly tied?: readonly string[];
}

function compared({ free = [], unique = [], tied = [] }: World): string | undefined {
  const alone = (kind: string) => (collation: string, n: number) => ({
    root: place(`${kind}${n}`, collation),
    others: [],
  });
  const units: TiedColumns[] = [
    ...free.map(alone('free')),
    ...unique.map(alone('unique')),
    ...tied.map((collation, n) => ({ root: place(`tied${n}`, collation), others: [place(`child${n}`, collation)] })),
  ];
  const found = comparisonOf(units, ({ table }) => table.startsWith('unique'));
  return 'problem' in found ? found.problem : found.comparedAs;
}

describe('what texts of one domain are compared by', () => {
  it.each<[string, string | undefined, World]>([
    ['each as its column does', undefined, { free: ['latin1_bin', 'latin1_bin'], unique: ['latin1_bin'] }],
    ['all of Unicode, where no key says', 'utf8mb4_unicode_520_ci', { free: ['utf8mb4_bin', 'utf8mb4_general_ci'] }],
    ['a unique column', 'utf8mb4_0900_ai_ci', { free: ['utf8mb4_general_ci'], unique: ['utf8mb4_0900_ai_ci'] }],
    ['a tied column', 'utf8mb4_unicode_ci', { free: ['utf8mb4_bin'], tied: ['utf8mb4_unicode_ci'] }],
    ['what holds all as it does', 'utf8mb4_general_ci', { free: ['utf8mb4_bin'], tied: ['utf8mb3_general_ci'] }],
    ['what holds all already', 'latin1_swedish_ci', { free: ['ascii_bin'], tied: ['latin1_swedish_ci'] }],
    ['bytes, where a key compares them', 'utf8mb4_bin', { free: ['utf8mb4_general_ci'], unique: ['latin1_bin'] }],
    ['bytes, where a key cannot hold all', 'utf8mb4_bin', { free: ['utf8mb4_bin'], unique: ['latin1_swedish_ci'] }],
    ['bytes, where two keys differ', 'utf8mb4_bin', { unique: ['utf8mb4_general_ci', 'utf8mb4_unicode_ci'] }],
    ['bytes with spaces, where one key counts them', 'binary', { unique: ['utf8mb4_bin', 'utf8mb4_nopad_bin'] }],
  ])('is %s', (_, expected, world) => {
    expect(compared(world)).toBe(expected);
  });

  it.each<[string, World]>([
    ['tied0.x (utf8mb4_general_ci)', { tied: ['utf8mb4_general_ci', 'utf8mb4_bin'] }],
    ['unique0.x (utf8mb4_bin)', { tied: ['utf8mb4_general_ci'], unique: ['utf8mb4_bin'] }],
    ['free0.x (utf8mb4_general_ci)', { tied: ['latin1_swedish_ci'], free: ['utf8mb4_general_ci'] }],
    ['unique0.x (utf8mb4_nopad_bin)', { tied: ['utf8mb4_bin'], unique: ['utf8mb4_nopad_bin'] }],
  ])('cannot be told where a foreign key needs one and %s another', (named, world) => {
    expect(compared(world)).toContain(named);
    expect(compared(world)).toContain('tied0.x');
    expect(compared(world)).toContain('Give one of them a domain of its own.');
  });
});
