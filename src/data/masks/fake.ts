import type { FakeKind } from '../rules/rule-set.ts';
import { DRAMA_NUMBERS } from '../safe-values.ts';
import { COMPANIES } from './dictionaries/companies.ts';
import { FAMILY_NAMES } from './dictionaries/family-names.ts';
import { GIVEN_NAMES } from './dictionaries/given-names.ts';
import { ADDRESS_LINES, TOWNS } from './dictionaries/places.ts';
import { DISTINCT_DIGITS, digestSql, lengthSql, numberSql } from './digest.ts';
import { quoteText } from './sql-text.ts';
import { type Drafted, problem, type Target, unlessEmpty } from './target.ts';

/** Fewer than that, and everybody has the same name. */
const FEWEST_ENTRIES = 50;
const MANY = 1500;
/** Of e-mail addresses and logins, where there is room. */
const DIGITS = 24;

/** A fake as a function of the value's digest, in a column of so many characters. A text says what it would need. */
type Fake =
  | {
      /** `length`: about how many characters the value has, the same for equal values. */
      sql(digest: string, length: string): string;
      /** For further attempts, where `sql` has few to give: of more, at the cost of another digest. */
      wide?(digest: string): string;
      readonly digits?: number;
    }
  | string;

const FAKES: Readonly<Record<FakeKind, (room: number) => Fake>> = {
  'given-name': (room) => fromList(GIVEN_NAMES, room),
  'family-name': (room) => fromList(FAMILY_NAMES, room),
  'full-name': fullName,
  company: (room) => fromList(COMPANIES, room),
  town: (room) => fromList(TOWNS, room),
  'address-line': (room) => fromList(ADDRESS_LINES, room),
  email: (room) => withDigits({ before: 'u', after: '@example.com', fewest: 5, room }),
  login: (room) => withDigits({ before: 'fake', after: '', fewest: 4, room }),
  phone,
  postcode,
  vrm,
  'licence-number': licenceNumber,
};

/** Something of its kind that is nobody's, the same for equal values of one domain; all of them pass `isSafe`. */
export function draftFake(target: Target, of: FakeKind): Drafted {
  const { kind, maxLength } = target.column;
  if (kind !== 'text') {
    return problem(target, `a fake ${of} is text; use digits, hash, constant or null`);
  }
  const fake = FAKES[of](maxLength ?? Number.POSITIVE_INFINITY);
  if (typeof fake === 'string') {
    return problem(target, `a fake ${of} does not fit: ${fake}; use hash, digits, constant or null`);
  }
  return {
    sql(attempt) {
      const digest = digestSql(target, attempt);
      const first = fake.sql(digest, lengthSql(target));
      const isWide = attempt !== undefined && fake.wide !== undefined;
      return unlessEmpty(target, isWide ? `IF(${attempt}=0,${first},${fake.wide?.(digest)})` : first);
    },
    isInjective: (fake.digits ?? 0) >= DISTINCT_DIGITS,
    hasAttempts: true,
  };
}

function fromList(entries: readonly string[], room: number): Fake {
  const fitting = fit(entries, room);
  return fitting.length < FEWEST_ENTRIES
    ? needs(lengthOf(entries, FEWEST_ENTRIES))
    : { ...noLonger(fitting), wide: (digest) => oneOf(fitting, numberSql(digest, fitting.length)) };
}

/**
 * Of the entries that are no longer than the value, or of the shortest fifty: rows that grow make the server split full
 * pages, and that costs more than all masks of a row.
 */
function noLonger(entries: readonly string[]): Exclude<Fake, string> {
  const sorted = entries.toSorted((a, b) => a.length - b.length);
  const longest = sorted.at(-1)?.length ?? 0;
  const cases = Array.from({ length: longest }, (_, nth) => [nth + 1, fit(sorted, nth + 1).length] as const)
    .filter(([, count]) => count > FEWEST_ENTRIES)
    .map(([length, count]) => `WHEN ${length} THEN ${count}`);
  return {
    sql(digest, length) {
      const count = `CASE LEAST(${length},${longest}) ${cases.join(' ')} ELSE ${FEWEST_ENTRIES} END`;
      return oneOf(sorted, numberSql(digest, `(${count})`));
    },
  };
}

/** Ready-made pairs: a second number would take a second digest, and that costs more than a longer list. */
function fullName(room: number): Fake {
  const [given, family] = [lengthOf(GIVEN_NAMES, FEWEST_ENTRIES), lengthOf(FAMILY_NAMES, FEWEST_ENTRIES)];
  const spare = room - 1 - given - family;
  if (spare < 0) {
    return needs(given + 1 + family);
  }
  const first = fit(GIVEN_NAMES, given + Math.floor(spare / 2));
  const last = fit(FAMILY_NAMES, family + Math.ceil(spare / 2));
  return {
    ...noLonger(many((nth) => `${at(first, nth * 7)} ${at(last, nth * 11 + Math.floor(nth / last.length))}`)),
    wide: (digest) =>
      `CONCAT(${oneOf(first, numberSql(digest, first.length))},' ',${oneOf(last, numberSql(digest, last.length, 1))})`,
  };
}

function withDigits(form: { before: string; after: string; fewest: number; room: number }): Fake {
  const { before, after, fewest, room } = form;
  const digits = Math.min(DIGITS, room - before.length - after.length);
  return digits < fewest
    ? needs(before.length + fewest + after.length)
    : { sql: (digest) => `CONCAT('${before}',LEFT(${digest},${digits}),'${after}')`, digits };
}

function phone(room: number): Fake {
  return room < 11
    ? needs(11)
    : {
        ...fromMany((nth) => `0${at(DRAMA_NUMBERS, nth)}${String((nth * 379) % 1000).padStart(3, '0')}`),
        wide: (digest) =>
          `CONCAT('0',${oneOf(DRAMA_NUMBERS, numberSql(digest, DRAMA_NUMBERS.length))},SUBSTR(1000+${numberSql(digest, 1000, 1)},2))`,
      };
}

/** `ZZ12 3AB`, or `ZZ1 2AB` where there is no more room. The last two letters are none of those that no postcode ends in. */
function postcode(room: number): Fake {
  const letters = 'ABDEFGHJLNPQRSTUWXYZ'.split('');
  const pairs = letters.flatMap((one) => letters.map((other) => one + other));
  const [least, count, place] = room < 8 ? [10, 90, 2] : [100, 900, 3];
  const district = room < 8 ? (nth: number) => (nth % 9) + 1 : (nth: number) => (nth % 90) + 10;
  return room < 7
    ? needs(7)
    : {
        ...fromMany(
          (nth) => `ZZ${district(nth)} ${(nth * 3) % 10}${at(letters, nth * 7)}${at(letters, Math.floor(nth / 20))}`,
        ),
        wide: (digest) =>
          `CONCAT('ZZ',INSERT(${least}+${numberSql(digest, count)},${place},0,' '),${oneOf(pairs, numberSql(digest, pairs.length, 1))})`,
      };
}

/** `ZA12ABC`: no I, Q or Z besides the first, as on plates, and no age identifier 00 or 01. Many, for there are many vehicles. */
function vrm(room: number): Fake {
  const letters = 'ABCDEFGHJKLMNOPRSTUVWXY'.split('');
  const beginnings = letters.flatMap((letter) =>
    Array.from({ length: 98 }, (_, nth) => `Z${letter}${String(nth + 2).padStart(2, '0')}`),
  );
  const pairs = letters.flatMap((one) => letters.map((other) => one + other));
  const endings = pairs.flatMap((pair, nth) => [0, 5, 11, 17].map((step) => pair + at(letters, nth + step)));
  return room < 7
    ? needs(7)
    : {
        sql: (digest) =>
          `CONCAT(${oneOf(beginnings, numberSql(digest, beginnings.length))},${oneOf(endings, numberSql(digest, endings.length, 1))})`,
      };
}

/** `ZB1234567`: the second letter is that of a traffic area. */
function licenceNumber(room: number): Fake {
  return room < 9 ? needs(9) : { sql: (digest) => `CONCAT('ZB',SUBSTR(10000000+${numberSql(digest, 10_000_000)},2))` };
}

function fromMany(entry: (nth: number) => string): Exclude<Fake, string> {
  const entries = many(entry);
  return { sql: (digest) => oneOf(entries, numberSql(digest, entries.length)) };
}

/** As many as an application needs to look alive; all different. */
function many(entry: (nth: number) => string): readonly string[] {
  return [...new Set(Array.from({ length: MANY }, (_, nth) => entry(nth)))];
}

/** The nth of a list that begins again at its end. */
function at(entries: readonly string[], nth: number): string {
  return entries[nth % entries.length] ?? '';
}

function needs(characters: number): string {
  return `it needs ${characters} characters`;
}

function fit(entries: readonly string[], room: number): readonly string[] {
  return entries.filter(({ length }) => length <= room);
}

/** How long the nth shortest entry is. */
function lengthOf(entries: readonly string[], nth: number): number {
  return entries.map(({ length }) => length).sort((a, b) => a - b)[nth - 1] ?? 0;
}

function oneOf(entries: readonly string[], number: string): string {
  return `ELT(1+${number},${entries.map(quoteText).join(',')})`;
}
