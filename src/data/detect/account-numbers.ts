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

export const iban: Detector = { name: 'IBAN', digits: 4, find: (text) => matches(text, IBAN, isIban) };

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

const BANK_ACCOUNT =
  /(?<![\w-])\d\d-\d\d-\d\d[ ,/]{1,3}(?:(?:a\/?c|acc(?:oun)?t|no\.?)[ :.]{0,3}){0,2}\d{8}(?![\w-])/gi;

export const bankAccount: Detector = { name: 'bank account', digits: 14, find: (text) => matches(text, BANK_ACCOUNT) };
