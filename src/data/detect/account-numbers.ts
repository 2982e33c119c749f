import { type Detector, digitsOf, matches } from './detector.ts';

/** In one piece, or in the groups that are on a card. */
const CARD =
  /(?<![\w.+-])(?:\d{15,16}|\d{4} \d{4} \d{4} \d{4}|\d{4}-\d{4}-\d{4}-\d{4}|\d{4} \d{6} \d{5})(?![\w-]|\.\d)/g;
/** Visa, Mastercard, American Express, Discover, JCB. */
const ISSUED =
  /^(?:4\d{15}|5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}|3[47]\d{13}|6(?:011|4[4-9]\d|5\d\d)\d{12}|35(?:2[89]|[3-8]\d)\d{12})$/;

export const paymentCard: Detector = {
  name: 'payment card',
  digits: 15,
  find: (text) =>
    matches(text, CARD, (piece) => {
      const digits = digitsOf(piece);
      return ISSUED.test(digits) && new Set(digits).size > 2 && hasCheckDigit(digits);
    }),
};

/** ISO/IEC 7812-1, annex B. */
function hasCheckDigit(digits: string): boolean {
  const sum = Array.from(digits, Number)
    .toReversed()
    .reduce((total, digit, place) => total + (place % 2 === 0 || digit === 0 ? digit : ((digit * 2 - 1) % 9) + 1), 0);
  return sum % 10 === 0;
}

const IBAN = /(?<![A-Z0-9])[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?![A-Z0-9])/g;

export const iban: Detector = {
  name: 'IBAN',
  digits: 4,
  find: (text) => [...matches(text, IBAN, isIban), ...matches(text, SMALL_IBAN, isSmallIban)],
};

/** ISO 13616: the rest of a division by 97 is 1. */
function isIban(piece: string): boolean {
  const compact = piece.replaceAll(' ', '');
  if (compact.length < 15 || compact.length > 34) {
    return false;
  }
  const digits = `${compact.slice(4)}${compact.slice(0, 4)}`.replaceAll(/[A-Z]/g, (letter) =>
    String(letter.charCodeAt(0) - 55),
  );
  return BigInt(digits) % 97n === 1n;
}

/** In small letters many a hexadecimal number looks like one, so the length has to be the country's. */
const SMALL_IBAN = /(?<![A-Z0-9])[a-z]{2}\d{2}(?: ?[a-z0-9]){11,30}(?![A-Za-z0-9])/g;
/** Of the IBAN registry of SWIFT, countries nearby. */
const IBAN_LENGTHS: ReadonlyMap<string, number> = new Map(
  (
    'ad24 ae23 at20 be16 bg22 ch21 cy28 cz24 de22 dk18 ee20 es24 fi18 fr27 gb22 gr27 hr21 hu28 ie22 it27 li21 lt20 ' +
    'lu20 lv21 mc27 mt31 nl18 no15 pl28 pt25 ro24 se24 si19 sk24'
  )
    .split(' ')
    .map((each) => [each.slice(0, 2), Number(each.slice(2))]),
);

/** What comes behind it in the text may have been taken with it. */
function isSmallIban(piece: string): boolean {
  const words = piece.split(' ');
  return words.some((_, at) => {
    const compact = words.slice(0, at + 1).join('');
    return compact.length === IBAN_LENGTHS.get(compact.slice(0, 2)) && isIban(compact.toUpperCase());
  });
}

const BANK_ACCOUNT =
  /(?<![\w-])\d\d-\d\d-\d\d[ ,/]{1,3}(?:(?:a\/?c|acc(?:oun)?t|no\.?)[ :.]{0,3}){0,2}\d{8}(?![\w-])/gi;

/** Without hyphens it is two numbers, unless it is all there is or the text says what they are. */
const TWO_NUMBERS = /(?<![\w-])\d{6}[ ,/]{1,3}(?:(?:a\/?c|acc(?:oun)?t|no\.?)[ :.]{0,3}){0,2}\d{8}(?![\w-])/gi;
const SAID = /\bsort|account|\ba\/c|\bacct?\b|\bbank/i;

export const bankAccount: Detector = {
  name: 'bank account',
  digits: 14,
  find: (text) => [
    ...matches(text, BANK_ACCOUNT),
    ...matches(text, TWO_NUMBERS, (piece) => piece.length === text.trim().length || SAID.test(text)),
  ],
};
