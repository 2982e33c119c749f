import fc from 'fast-check';
import { FAKE_KINDS } from '../../../src/data/rules/mask-schema.ts';
import type { Mask } from '../../../src/data/rules/rule-set.ts';

type Pair<T> = readonly [T, T];

/** A column of the parent, and one of the same domain in the child, which may compare, store and end otherwise. */
export interface GeneratedColumn {
  readonly mask: Mask;
  readonly lengths: Pair<number>;
  readonly collations: Pair<string>;
  readonly areUnique: Pair<boolean>;
  /** In the domain of the parent's key, with its mask. */
  readonly isOfKey: boolean;
}

export interface GeneratedSchema {
  readonly names: Pair<string>;
  readonly columns: readonly GeneratedColumn[];
  /** Of the parent's text key, to which the child refers and the parent itself: alone, or behind a number. */
  readonly keyMask: Mask;
  readonly keyCollation: string;
  readonly isComposite: boolean;
  /** Places in `WORDS`, and beyond them NULL. */
  readonly rows: readonly (readonly number[])[];
  readonly workers: number;
  readonly chunkRows: number;
}

const COLLATIONS = [
  'utf8mb4_unicode_ci',
  'utf8mb4_general_ci',
  'utf8mb4_bin',
  'utf8mb4_unicode_520_ci',
  'utf8mb3_general_ci',
  'latin1_swedish_ci',
  'latin1_general_cs',
  'latin1_bin',
  'ascii_general_ci',
  'ascii_bin',
  'ucs2_general_ci',
  'utf16_general_ci',
  'latin2_general_ci',
  'utf8mb4_nopad_bin',
  'utf8mb4_unicode_nopad_ci',
  'cp1250_general_ci',
];
/** Characters of the parent's text key. */
export const KEY_LENGTH = 30;
/** Of what some server has taken for another one: cases, accents, spaces at the end, nothing at all. */
export const WORDS: readonly string[] = [
  ['', 'a', 'A', 'á', 'b', 'ab', 'AB', 'ab ', 'Gwen', 'gwen', 'GWEN', 'Siân', 'Sian', "O'Brien", 'Straße', 'Strasse'],
  ['ab12 cde', 'AB12CDE', 'AB12 CDE', '0123', '12', '012-34', 'LS14 ABC', 'x.y.wales', 'X.Y.wales', '\\', '`', '%'],
  ['?', 'ŵ 🚰', '李雷', 'e\u0301', 'é', 'ﬁ', 'fi', '\u0000', 'a\u0000', '\t', 'null', 'NULL', '1e3', '1é 2É', '1É 2é'],
  ['long enough for a sentence', '1ab', '2AB', '3aB', '4Ab', 'x7é y', 'x8É Y', '2É3', '3é4'],
].flat();
/** A word at a time, and sometimes NULL. */
const WORD = fc.nat(WORDS.length + 5);

const FAKE: fc.Arbitrary<Mask> = fc.constantFrom(...FAKE_KINDS).map((of) => ({ kind: 'fake', of }) as const);
const MASK: fc.Arbitrary<Mask> = fc.oneof(
  { weight: 4, arbitrary: FAKE },
  fc.constant<Mask>({ kind: 'digits' }),
  fc.constant<Mask>({ kind: 'text' }),
  fc.constantFrom<Mask>({ kind: 'hash', length: undefined }, { kind: 'hash', length: 6 }),
);
const COLLATION = fc.constantFrom(...COLLATIONS);
const LENGTH = fc.constantFrom(6, 8, 12, 20, 40, 160);
const COLUMN: fc.Arbitrary<GeneratedColumn> = fc.record({
  mask: MASK,
  lengths: fc.oneof(
    { weight: 3, arbitrary: LENGTH.map((length) => [length, length] as const) },
    fc.tuple(LENGTH, LENGTH),
  ),
  collations: fc.oneof(
    { weight: 3, arbitrary: fc.tuple(COLLATION, COLLATION) },
    COLLATION.map((collation) => [collation, collation] as const),
  ),
  areUnique: fc.tuple(fc.boolean(), fc.boolean()),
  isOfKey: fc.nat(7).map((n) => n === 0),
});

export const GENERATED: fc.Arbitrary<GeneratedSchema> = fc.record({
  names: fc.constantFrom<Pair<string>>(['parent', 'child'], ['order by', 'ta`ble'], ['a?b', 'select'], ['z', 'ŵ é']),
  columns: fc.array(COLUMN, { minLength: 1, maxLength: 5 }),
  keyMask: fc.oneof(FAKE, fc.constantFrom<Mask>({ kind: 'hash', length: undefined }, { kind: 'digits' })),
  keyCollation: COLLATION,
  isComposite: fc.boolean(),
  rows: fc.array(fc.array(WORD, { minLength: 8, maxLength: 8 }), { minLength: 1, maxLength: 60 }),
  workers: fc.constantFrom(1, 4),
  chunkRows: fc.constantFrom(1, 7, 2000),
});
