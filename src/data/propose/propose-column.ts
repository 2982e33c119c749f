import { mentions } from '../schema/mentions.ts';
import type { Column, Table } from '../schema/model.ts';
import { fitting } from './fitting-suggestion.ts';
import { BIRTH, BUSINESS_DATE, CODE, SENSITIVE, spelled, TEXT_HINTS, WHO } from './name-hints.ts';
import type { Observation } from './observe.ts';
import type { ColumnProposal, Suggestion } from './suggestion.ts';

const BY_DETECTOR: Readonly<Record<string, Suggestion>> = {
  email: { kind: 'fake', of: 'email' },
  'phone number': { kind: 'fake', of: 'phone' },
  postcode: { kind: 'fake', of: 'postcode' },
  'number plate': { kind: 'fake', of: 'vrm' },
  'National Insurance number': { kind: 'digits' },
  'driving licence number': { kind: 'digits' },
  'payment card': { kind: 'digits' },
  IBAN: { kind: 'digits' },
  'bank account': { kind: 'digits' },
};
/** A share of the sampled values that makes a column one of that kind. */
const MOSTLY = 0.6;
const FEW = 3;

/** What is proposed for a column that no key and no pattern settles. */
export function proposeColumn(table: Table, column: Column, seen: Observation | undefined): ColumnProposal {
  const { suggestion, because } = suggest(column, seen);
  const proposed = fitting(suggestion, { table, column });
  return {
    column: column.name,
    because: proposed.kind === 'unknown' ? [because, ...natureOf(table, column)].join('; ') : because,
    suggestion: proposed,
  };
}

/** What somebody who decides has to know of it. */
function natureOf(table: Table, { name, kind, columnType }: Column): string[] {
  const type = kind === 'enum' || kind === 'set' ? [] : [columnType];
  if (mentions(table.partitionedBy ?? '', name)) {
    return [...type, 'decides the partition of a row'];
  }
  if (table.primaryKey?.includes(name)) {
    return [...type, 'in the primary key'];
  }
  return table.uniqueKeys.some(({ columns }) => columns.includes(name)) ? [...type, 'in a unique key'] : type;
}

type Because = Omit<ColumnProposal, 'column'>;

function suggest(column: Column, seen: Observation | undefined): Because {
  return BY_KIND[column.kind]?.(column, seen) ?? unknown(`type ${column.kind}`);
}

const IS_SENSITIVE = 'its name says that it is personal, and no mask is known that fits';

const BY_KIND: Readonly<Partial<Record<Column['kind'], (column: Column, seen: Observation | undefined) => Because>>> = {
  text: suggestText,
  binary: suggestBinary,
  json: (_, seen) => suggestJson(seen),
  integer: suggestNumber,
  decimal: suggestNumber,
  float: suggestNumber,
  bit: suggestNumber,
  year: suggestNumber,
  date: suggestDate,
  datetime: suggestDate,
  time: suggestDate,
  enum: suggestListed,
  set: suggestListed,
};

function suggestListed({ kind, name }: Column): Because {
  if (SENSITIVE.test(spelled(name))) {
    return unknown(IS_SENSITIVE);
  }
  return { suggestion: { kind: 'keep', reason: 'one of a fixed list' }, because: `type ${kind}` };
}

/** Bytes say nothing by themselves; what is a secret by its name is made another, as long as an address or a number of 16. */
function suggestBinary({ name, kind }: Column): Because {
  return hintFor(spelled(name))?.kind === 'hash'
    ? { suggestion: { kind: 'hash', length: 32 }, because: 'name of the column' }
    : unknown(`type ${kind}`);
}

function suggestText(column: Column, seen: Observation | undefined): Because {
  const name = spelled(column.name);
  const hint = hintFor(name);
  if (hint) {
    const found = seen && mostDetected(seen);
    return { suggestion: hint, because: `name of the column${found ? `; ${found.because}` : ''}` };
  }
  if (BIRTH.test(name) || SENSITIVE.test(name)) {
    return unknown(IS_SENSITIVE);
  }
  if (seen === undefined || seen.values === 0) {
    return CODE.test(name) && isShort(column)
      ? { suggestion: { kind: 'keep', reason: 'a code' }, because: 'name of the column; no values to look at' }
      : unknown('no values to look at');
  }
  return seen.paths.size > 0 ? suggestJson(seen) : (mostDetected(seen) ?? suggestByForm(column, { name, seen }));
}

function hintFor(name: string): Suggestion | undefined {
  return TEXT_HINTS.find(({ words }) => words.test(name))?.suggestion;
}

/** A column of nothing else is masked as that, and one in which it turns up is free text. */
function mostDetected({ detected, values, sentences }: Observation): Because | undefined {
  const [most] = [...detected].toSorted(([, a], [, b]) => b - a);
  if (most === undefined) {
    return undefined;
  }
  const [detector, hits] = most;
  const isWhole = hits >= values * MOSTLY && sentences < values * (1 - MOSTLY);
  return {
    suggestion: (isWhole ? BY_DETECTOR[detector] : undefined) ?? { kind: 'text' },
    because: `${hits} of ${values} sampled values hold what looks like ${detector}`,
  };
}

function suggestByForm(column: Column, { name, seen }: { name: string; seen: Observation }): Because {
  const { values } = seen;
  if (values >= FEW && seen.names >= values * MOSTLY) {
    const of = seen.sentences + seen.codes > values / 2 || name.includes('name') ? 'full-name' : 'family-name';
    return { suggestion: { kind: 'fake', of }, because: `${seen.names} of ${values} sampled values look like names` };
  }
  if (values >= FEW && seen.sentences >= values * MOSTLY && !isShort(column)) {
    return { suggestion: { kind: 'text' }, because: `${seen.sentences} of ${values} sampled values are sentences` };
  }
  return isShort(column) && looksCoded(name, seen)
    ? {
        suggestion: { kind: 'keep', reason: 'a code' },
        because: `${values} of ${values} sampled values look like codes`,
      }
    : unknown(`${values} sampled values, ${seen.different} of them different, are nothing that is known`);
}

/** One word each, few of them or called a code, and nobody's name. */
function looksCoded(name: string, { codes, values, different }: Observation): boolean {
  return codes === values && !WHO.test(name) && (CODE.test(name) || different <= values / 3);
}

function suggestJson(seen: Observation | undefined): Because {
  const fields = [...(seen?.paths ?? [])]
    .filter(([path]) => /^\$(?:\.[A-Za-z_]\w*)+$/.test(path))
    .flatMap(([path, detector]): [string, Suggestion][] => {
      const field = spelled(path.slice(path.lastIndexOf('.') + 1));
      const found = hintFor(field) ?? BY_DETECTOR[detector ?? ''];
      return found && found.kind !== 'text' ? [[path, found]] : [];
    })
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  return { suggestion: { kind: 'json', fields }, because: `JSON; fields of ${seen?.values ?? 0} sampled documents` };
}

function suggestNumber(column: Column): Because {
  const name = spelled(column.name);
  if (SENSITIVE.test(name) || BIRTH.test(name)) {
    return unknown(IS_SENSITIVE);
  }
  if (column.columnType.startsWith('tinyint') || column.kind === 'bit') {
    return { suggestion: { kind: 'keep', reason: 'a small number or a yes' }, because: `type ${column.columnType}` };
  }
  if (isNumberOfSomebody(name)) {
    return column.kind === 'year' || column.kind === 'float'
      ? unknown('name of the column')
      : { suggestion: { kind: 'digits' }, because: 'name of the column' };
  }
  return column.isAutoIncrement || CODE.test(name)
    ? { suggestion: { kind: 'keep', reason: 'a number of the application' }, because: 'name of the column' }
    : unknown(`type ${column.kind}`);
}

const IN_DIGITS = new Set(['phone', 'postcode', 'vrm', 'licence-number']);

/** A number of notes, or of a user, is none: only what would be of digits as a text too. */
function isNumberOfSomebody(name: string): boolean {
  const hint = hintFor(name);
  return hint?.kind === 'digits' || (hint?.kind === 'fake' && IN_DIGITS.has(hint.of));
}

function suggestDate(column: Column): Because {
  const name = spelled(column.name);
  if (BIRTH.test(name) && column.kind !== 'time') {
    return { suggestion: { kind: 'date-shift', maxDays: 180 }, because: 'name of the column' };
  }
  return BUSINESS_DATE.test(name)
    ? {
        suggestion: { kind: 'keep', reason: "a date of the business, nobody's birthday" },
        because: 'name of the column',
      }
    : unknown(`type ${column.kind}`);
}

function unknown(because: string): Because {
  return { suggestion: { kind: 'unknown' }, because };
}

function isShort({ maxLength }: Column): boolean {
  return maxLength !== undefined && maxLength <= 64;
}
