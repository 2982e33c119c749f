import { FILLERS } from '../masks/filler.ts';
import type { CoveredColumn } from '../rules/covered.ts';
import type { FakeKind, Mask } from '../rules/rule-set.ts';
import { isSafe, type SafeDetector } from '../safe-values.ts';

/** Digits are drawn among so many that at most this share of them is taken. */
const MOST_TAKEN = 0.02;
/** What that share may be in truth: digits are not drawn evenly. */
const CHANCE_OF_DIGITS = 0.05;
/** Hexadecimal digits, too many to be drawn twice. */
const LONG_HASH = 16;

const FORMS: Readonly<Record<FakeKind, SafeDetector>> = {
  'given-name': 'name',
  'family-name': 'name',
  'full-name': 'name',
  company: 'company',
  town: 'town',
  'address-line': 'address-line',
  email: 'email',
  login: 'login',
  phone: 'phone',
  postcode: 'postcode',
  vrm: 'vrm',
  'licence-number': 'licence-number',
};

/**
 * Whether the mask of a column may make this value of another one, in a table of so many rows. One that it cannot make is
 * the original's, in whatever row it stands.
 */
export function mayMake(
  value: string,
  { column, mask }: Pick<CoveredColumn, 'column' | 'mask'>,
  rows: number,
): boolean {
  if (mask.kind === 'cases') {
    return branchesOf(mask).some((branch) => mayMake(value, { column, mask: branch }, rows));
  }
  if (mask.kind === 'fake') {
    return isSafe(FORMS[mask.of], value);
  }
  if (mask.kind === 'digits') {
    return mayBeDrawn(value, column.kind, rows);
  }
  return MAKES[mask.kind]?.(value) ?? true;
}

const MAKES: Readonly<Partial<Record<Mask['kind'], (value: string) => boolean>>> = {
  null: () => false,
  hash: (value) => value.length < LONG_HASH && /^[0-9a-f]+$/i.test(value),
  text: isFiller,
};

/** How likely a value comes back that `mayMake` is false for, when every row was masked. */
export function chanceOfReturn(mask: Mask): number {
  const kinds = mask.kind === 'cases' ? branchesOf(mask).map(({ kind }) => kind) : [mask.kind];
  return kinds.includes('digits') ? CHANCE_OF_DIGITS : 1e-12;
}

/** Why nothing can be said of a column's values when rows are not known again. */
export function whyNotAnywhere(mask: Mask): string {
  const kinds = mask.kind === 'cases' ? branchesOf(mask).map(({ kind }) => kind) : [mask.kind];
  const why = kinds.flatMap((kind) => MAY_STAY[kind] ?? []);
  return `its rows are not known again, and ${why[0] ?? 'the mask may make each value that was looked at'}`;
}

const MAY_STAY: Readonly<Partial<Record<Mask['kind'], string>>> = {
  keep: 'a case keeps values',
  shuffle: 'a case keeps values',
  constant: 'a case gives a constant',
  'date-shift': 'a date may be shifted onto another',
  json: 'of a document much may stay',
  xml: 'of a document much may stay',
};

/** Of a mask with cases; of any other, none. */
export function branchesOf(mask: Mask | undefined): readonly Mask[] {
  return mask?.kind === 'cases' ? [...mask.cases.map((each) => each.mask), mask.otherwise] : [];
}

/** Begun anywhere, a filler goes on as another one does; the last character is a full stop. */
function isFiller(value: string): boolean {
  const beginning = value.slice(0, -1);
  return FILLERS.some((filler) =>
    filler.repeat(1 + Math.floor(beginning.length / filler.length)).startsWith(beginning),
  );
}

/**
 * Whole numbers, and texts of nothing but 2 to 18 digits, are permuted as one number. In all other texts digits move in
 * groups by distances that many values share, so that whole series of them may come out as others were. A number of ten
 * digits has at least a billion others, whatever the column takes.
 */
function mayBeDrawn(value: string, kind: CoveredColumn['column']['kind'], rows: number): boolean {
  const form = kind === 'integer' ? /^-?(\d{1,18})$/ : /^(\d{2,18})$/;
  const digits = kind === 'integer' || kind === 'text' ? form.exec(value)?.[1] : undefined;
  return digits === undefined || rows / 10 ** (digits.length - 1) > MOST_TAKEN;
}
