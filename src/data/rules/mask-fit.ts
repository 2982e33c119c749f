import type { Column, ColumnKind } from '../schema/model.ts';
import { describeMask } from './describe-mask.ts';
import type { Mask } from './rule-set.ts';

/** What of a column a mask must suit. */
export interface Place {
  readonly column: Column;
  readonly isInPrimaryKey: boolean;
  /** Whether a key keeps its values apart all by itself. */
  readonly isUnique: boolean;
}

const NUMBERS: readonly ColumnKind[] = ['integer', 'decimal', 'float', 'bit', 'year'];
/** What each mask can be put upon; one that is not here, upon everything. */
const KINDS: Partial<Record<Mask['kind'], readonly ColumnKind[]>> = {
  fake: ['text'],
  hash: ['text', 'binary'],
  digits: ['text', 'integer', 'decimal'],
  'date-shift': ['date', 'datetime'],
  text: ['text'],
  json: ['json', 'text'],
  xml: ['text'],
};

/** What is wrong with this mask for this column, as the end of a sentence that names it; undefined when it will do. */
export function misfit(mask: Mask, place: Place): string | undefined {
  const { column, isInPrimaryKey } = place;
  if (!(KINDS[mask.kind]?.includes(column.kind) ?? true)) {
    return `takes no \`${describeMask(mask)}\`: it is \`${column.columnType}\``;
  }
  if (mask.kind === 'null') {
    return column.nullable && !isInPrimaryKey ? undefined : 'takes no NULL';
  }
  if (mask.kind === 'hash') {
    return tooLong(roomOf(mask.length ?? 0, column), column);
  }
  if (mask.kind === 'constant') {
    return place.isUnique ? 'is unique, and takes no constant' : constantMisfit(mask.value, column);
  }
  return mask.kind === 'cases'
    ? [...mask.cases.map((each) => each.mask), mask.otherwise]
        .map((each) => misfit(each, place))
        .find((problem) => problem !== undefined)
    : undefined;
}

/** Two hexadecimal digits are one byte. */
function roomOf(digits: number, { kind }: Column): number {
  return kind === 'binary' ? Math.ceil(digits / 2) : digits;
}

function constantMisfit(value: string | number | boolean, column: Column): string | undefined {
  const isNumber = NUMBERS.includes(column.kind);
  if (isNumber && typeof value === 'string' && !/^-?\d+(\.\d+)?$/.test(value)) {
    return `takes no constant that is no number: it is \`${column.columnType}\``;
  }
  if (column.kind === 'enum' && !membersOf(column.columnType).includes(String(value).toLowerCase())) {
    return `takes no constant that is not one of \`${column.columnType}\``;
  }
  return isNumber ? undefined : tooLong(Array.from(String(value)).length, column);
}

/** Of `enum('a','it''s')`. */
function membersOf(columnType: string): string[] {
  return [...columnType.matchAll(/'((?:[^']|'')*)'/g)].map(([, member = '']) =>
    member.replaceAll("''", "'").toLowerCase(),
  );
}

function tooLong(length: number, { maxLength, columnType }: Column): string | undefined {
  return maxLength !== undefined && length > maxLength
    ? `is \`${columnType}\`, and the mask would be ${length} long`
    : undefined;
}
