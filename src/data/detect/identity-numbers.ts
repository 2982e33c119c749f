import { type Detector, digitsOf, matches } from './detector.ts';

/** HMRC's manual NIM39110: letters that are in none, and prefixes that are never given out. */
const NATIONAL_INSURANCE =
  /(?<![A-Z0-9])(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]([ -]?)\d{2}\1\d{2}\1\d{2}\1[A-D](?![A-Z0-9])/gi;

export const nationalInsurance: Detector = {
  name: 'National Insurance number',
  digits: 6,
  find: (text) => [...matches(text, NATIONAL_INSURANCE), ...matches(text, IN_THREE, isNoSentence)],
};

/** The number itself without spaces. An `a` that goes on is a word. */
const IN_THREE =
  /(?<![A-Z0-9])(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z](?: \d{6} ?|\d{6} )(?:[B-D]|A(?!\s+[A-Z]))(?![A-Z0-9])/gi;
/** In small letters, what stands before a number. */
const WORD = /^(?:a[mnst]|b[ey]|c[hl]|ex|[hmw]e|la|le|m[rsy]|nr|pc|pm|re|yr|zl) /;

function isNoSentence(piece: string): boolean {
  return !WORD.test(piece);
}

/** Ten digits, of which the last checks the others: the text has to say that it is one. */
const NHS_NUMBER = /(?<![\w-])\d{3}([ -]?)\d{3}\1\d{4}(?![\w-]|\.\d)/g;

export const nhsNumber: Detector = {
  name: 'NHS number',
  digits: 10,
  find: (text) => (/nhs/i.test(text) ? matches(text, NHS_NUMBER, (piece) => isNhsNumber(digitsOf(piece))) : []),
};

/** Of the NHS Data Dictionary ("NHS NUMBER"): weights of ten to two, modulo 11. */
function isNhsNumber(digits: string): boolean {
  const sum = Array.from(digits.slice(0, 9), Number).reduce((total, digit, at) => total + digit * (10 - at), 0);
  return new Set(digits).size > 2 && (11 - (sum % 11)) % 11 === Number(digits[9]);
}

/** Five of the surname, decade, month (50 more for women), day, year, initials, and three that check. */
const DRIVING_LICENCE =
  /(?<![A-Z0-9])(?=[A-Z]{1,5}9{0,4})[A-Z9]{5} ?\d(?:0[1-9]|1[0-2]|5[1-9]|6[0-2])(?:0[1-9]|[12]\d|3[01])\d ?[A-Z][A-Z9]\d ?[A-Z]{2}(?![A-Z0-9])/gi;

export const drivingLicence: Detector = {
  name: 'driving licence number',
  digits: 6,
  find: (text) => matches(text, DRIVING_LICENCE),
};

/** The line for machines of ICAO 9303. Nine digits alone say nothing. */
const PASSPORT = /P[A-Z<][A-Z]{3}[A-Z]+<(?=[A-Z]*<)[A-Z<]{15,}/g;

export const passport: Detector = { name: 'passport', digits: 0, mark: '<', find: (text) => matches(text, PASSPORT) };

const DAY = String.raw`(?:\d{1,4}[-/. ]\d{1,2}[-/. ]\d{2,4}|\d{1,2}(?:st|nd|rd|th)? \p{L}{3,12},? \d{4})`;
const BIRTH = new RegExp(
  String.raw`(?<![\p{L}\p{N}])(?:d\.?o\.?b\.?|date of birth|born(?: on)?|dyddiad geni|ganwyd)(?:[ :=-]{1,4}| is )${DAY}`,
  'giu',
);

/** A date says whose it is only where the text does. */
export const dateOfBirth: Detector = { name: 'date of birth', digits: 4, find: (text) => matches(text, BIRTH) };
