import type { Column, Table } from '../schema/model.ts';
import { BIRTH, BUSINESS_DATE, CODE, spelled, TEXT_HINTS } from './name-hints.ts';
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
  return { column: column.name, because, suggestion: fitting(suggestion, { table, column }) };
}

type Because = Omit<ColumnProposal, 'column'>;

function suggest(column: Column, seen: Observation | undefined): Because {
  return BY_KIND[column.kind]?.(column, seen) ?? unknown(`type ${column.kind}`);
}

const BY_KIND: Readonly<Partial<Record<Column['kind'], (column: Column, seen: Observation | undefined) => Because>>> = {
  text: suggestText,
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

function suggestListed({ kind }: Column): Because {
  return { suggestion: { kind: 'keep', reason: 'one of a fixed list' }, because: `type ${kind}` };
}

function suggestText(column: Column, seen: Observation | undefined): Because {
  const name = spelled(column.name);
  const hint = hintFor(name);
  if (hint) {
    const found = seen && mostDetected(seen);
    return { suggestion: hint, because: `name of the column${found ? `; ${found.because}` : ''}` };
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
  const isCoded = seen.codes === values && isShort(column) && (CODE.test(name) || seen.different <= values / 3);
  return isCoded
    ? {
        suggestion: { kind: 'keep', reason: 'a code' },
        because: `${values} of ${values} sampled values look like codes`,
      }
    : unknown(`${values} sampled values, ${seen.different} of them different, are nothing that is known`);
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
  if (column.columnType.startsWith('tinyint') || column.kind === 'bit') {
    return { suggestion: { kind: 'keep', reason: 'a small number or a yes' }, because: `type ${column.columnType}` };
  }
  const hint = TEXT_HINTS.find(({ words }) => words.test(name));
  if (hint && column.kind !== 'float') {
    return column.kind === 'year'
      ? unknown('name of the column')
      : { suggestion: { kind: 'digits' }, because: 'name of the column' };
  }
  return column.isAutoIncrement || CODE.test(name)
    ? { suggestion: { kind: 'keep', reason: 'a number of the application' }, because: 'name of the column' }
    : unknown(`type ${column.columnType}`);
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

/** No longer than the column, and nothing but a hash where values have to stay different. */
function fitting(suggestion: Suggestion, { table, column }: { table: Table; column: Column }): Suggestion {
  const isKey = [table.primaryKey ?? [], ...table.uniqueKeys.map((key) => key.columns)].some(
    (key) => key.length === 1 && key[0] === column.name,
  );
  const longest = column.maxLength ?? 64;
  if (suggestion.kind === 'hash') {
    return { kind: 'hash', length: Math.max(1, Math.min(suggestion.length, longest)) };
  }
  const isRepeated = suggestion.kind === 'text' || (suggestion.kind === 'fake' && REPEATED.has(suggestion.of));
  return isKey && isRepeated ? { kind: 'hash', length: Math.max(1, Math.min(16, longest)) } : suggestion;
}

/** Drawn from a list, which a unique column soon has used up. */
const REPEATED = new Set(['given-name', 'family-name', 'full-name', 'company', 'town', 'address-line', 'phone']);
