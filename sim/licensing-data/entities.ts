import { type Draw, drawFor } from './draw.ts';
import {
  COMPANY_TRADES,
  COMPANY_WORDS,
  FAMILY_NAMES,
  FORENAMES,
  HOSTILE,
  MAIL_DOMAINS,
  POSTCODE_AREAS,
  SENTENCES,
  STREETS,
  TOWNS,
} from './words.ts';

const LETTERS = 'ABCDEFGHJKLMNOPRSTUVWXY';
const CODE_LETTERS = 'ABDEFGHJLNPQRSTUWXYZ';
const INSURANCE_LETTERS = 'ABCEHJKLMNPRSTWXYZ';

export interface Person {
  readonly forename: string | null;
  readonly familyName: string | null;
  readonly birthDate: string | null;
  readonly email: string;
  readonly insuranceNumber: string | null;
}

/** Whoever has that id in the table `person`, wherever another table speaks of them. */
export function personOf(seed: number, id: number): Person {
  const draw = drawFor(seed, 'person', id);
  const forename = nameOf(draw, FORENAMES);
  const familyName = nameOf(draw, FAMILY_NAMES);
  return {
    forename,
    familyName,
    birthDate: draw.oneIn(12) ? null : draw.day(1930, 2004),
    email: `${asciiOf(forename)}.${asciiOf(familyName)}${draw.below(90)}@${draw.pick(MAIL_DOMAINS)}`,
    insuranceNumber: draw.oneIn(3) ? null : insuranceNumber(draw),
  };
}

export function fullNameOf({ forename, familyName }: Person): string {
  return `${forename ?? ''} ${familyName ?? ''}`.trim();
}

export interface Address {
  readonly building: string | null;
  readonly street: string | null;
  readonly town: string | null;
  readonly postcode: string | null;
  readonly country: string;
}

export function addressOf(seed: number, id: number): Address {
  const draw = drawFor(seed, 'address', id);
  const country = draw.pick(['GB', 'GB', 'GB', 'GB', 'GB', 'GB', 'GB', 'IE', 'PL']);
  return {
    building: draw.oneIn(20) ? '' : `${1 + draw.below(180)}${draw.oneIn(9) ? 'b' : ''}`,
    street: draw.oneIn(60) ? draw.pick(HOSTILE) : draw.pick(STREETS),
    town: draw.oneIn(15) ? null : draw.pick(TOWNS),
    postcode: draw.oneIn(25) ? null : postcode(draw, country),
    country,
  };
}

export function companyOf(seed: number, id: number): string {
  const draw = drawFor(seed, 'organisation', id);
  if (draw.oneIn(80)) {
    return draw.pick(HOSTILE);
  }
  return `${draw.pick(COMPANY_WORDS)} ${draw.pick(COMPANY_TRADES)} ${draw.pick(['Ltd', 'Limited', 'LLP', 'Cyf', '& Sons'])}`;
}

/** Plates of a series, one for each id: the id's place in a walk through all of them. */
const PLATES = 23 ** 5 * 50;
const STRIDE = 104_729_999;

export function plateOf(id: number): string {
  let rest = (id * STRIDE) % PLATES;
  function take(many: number): number {
    const taken = rest % many;
    rest = Math.floor(rest / many);
    return taken;
  }
  const letter = () => LETTERS[take(23)] ?? '';
  const tail = `${letter()}${letter()}${letter()}`;
  const age = take(50);
  return `${letter()}${letter()}${String(age < 25 ? age + 2 : age + 26).padStart(2, '0')} ${tail}`;
}

/** `plateOf` in SQL. */
export function plateSql(id: string): string {
  const place = `(${id} * ${STRIDE} % ${PLATES})`;
  const letter = (step: number) => `SUBSTRING('${LETTERS}', 1 + ${place} DIV ${step} % 23, 1)`;
  const age = `(${place} DIV ${23 ** 3} % 50)`;
  const years = `LPAD(IF(${age} < 25, ${age} + 2, ${age} + 26), 2, '0')`;
  const [head, tail] = [
    [23 ** 3 * 50, 23 ** 4 * 50],
    [1, 23, 529],
  ].map((steps) => steps.map(letter).join(', '));
  return `CONCAT(${head}, ${years}, ' ', ${tail})`;
}

export function licenceNumberOf(id: number): string {
  return `O${'BCDFGHKMN'[id % 9]}${1_000_000 + id}`;
}

export function companyNumberOf(id: number): string {
  return `${id % 7 === 0 ? 'SC' : '0'}${String(100_000 + id * 37).padStart(id % 7 === 0 ? 6 : 7, '0')}`;
}

/** A number of a place in which none begins with that digit, or in a mobile series that was not given out. */
export function phoneNumber(draw: Draw): string {
  const digits = draw.text('0123456789', 6);
  switch (draw.below(4)) {
    case 0:
      return `0113 1${digits.slice(0, 2)} ${digits.slice(2)}`;
    case 1:
      return `+44 7101 ${digits}`;
    case 2:
      return `07101${digits}`;
    default:
      return `(01792) 0${digits.slice(1)}`;
  }
}

/** What somebody typed, with what they should not have: names, addresses, numbers. */
export function writing(draw: Draw, seed: number): string {
  const person = personOf(seed, 1 + draw.below(1000));
  const parts = [draw.pick(SENTENCES)];
  if (draw.oneIn(2)) {
    parts.push(`${fullNameOf(person)} (${person.email}) said so on ${draw.day(2015, 2025)}.`);
  }
  if (draw.oneIn(3)) {
    parts.push(`Ring ${phoneNumber(draw)} or write to ${addressOf(seed, 1 + draw.below(1000)).postcode ?? 'nobody'}.`);
  }
  if (draw.oneIn(40)) {
    parts.push(draw.pick(HOSTILE));
  }
  return parts.join(' ');
}

function nameOf(draw: Draw, names: readonly string[]): string | null {
  if (draw.oneIn(40)) {
    return draw.pick([null, '', ' ', '🚚']);
  }
  const name = draw.oneIn(100) ? draw.pick(HOSTILE) : draw.pick(names);
  return draw.oneIn(12) ? name.toUpperCase() : name;
}

function asciiOf(name: string | null): string {
  const ascii = (name ?? '').normalize('NFD').replace(/[^A-Za-z]/g, '');
  return ascii.toLowerCase() || 'x';
}

function insuranceNumber(draw: Draw): string {
  const letters = draw.text(INSURANCE_LETTERS, 2);
  const digits = draw.text('0123456789', 6);
  const last = draw.pick(['A', 'B', 'C', 'D']);
  return draw.oneIn(3) ? `${letters} ${digits.replace(/(..)(?=.)/g, '$1 ')} ${last}` : `${letters}${digits}${last}`;
}

function postcode(draw: Draw, country: string): string {
  if (country === 'IE') {
    return `D0${1 + draw.below(8)} ${draw.text('ACDEFHKNPRTVWXY0123456789', 4)}`;
  }
  if (country === 'PL') {
    return `${draw.text('0123456789', 2)}-${draw.text('0123456789', 3)}`;
  }
  return `${draw.pick(POSTCODE_AREAS)}${1 + draw.below(28)} ${1 + draw.below(9)}${draw.text(CODE_LETTERS, 2)}`;
}
