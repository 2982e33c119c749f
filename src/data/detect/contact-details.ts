import { type Detector, digitsOf, matches } from './detector.ts';

const EMAIL =
  /[\p{L}\p{N}][\p{L}\p{N}._%+'-]{0,63}@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.){1,8}\p{L}{2,24}(?![\p{L}\p{N}:-])/gu;
/** `logo@2x.png` is a file. */
const FILE = /\.(?:png|jpe?g|gif|svg|webp|ico|css|m?[jt]s|json|html?|pdf|xml|ya?ml|zip|gz)$/i;

export const email: Detector = {
  name: 'email',
  digits: 0,
  mark: '@',
  find: (text) => matches(text, EMAIL, (piece) => !FILE.test(piece)),
};

/** As Ofcom's national numbering plan has them: an area code first, and never a date (`01.02.2026`). */
const PHONE =
  /(?<![\w.+/:#-])(?:(?:\+|00)(?:44|353)[ .-]?(?:\(0\)[ .-]?)?\(?[1-9]\d{0,3}\)?|\(?0[1-9]\d{1,3}\)?)(?:[ .-]?\d{2,9}){0,4}(?![\w/:]|[.-]\d)/g;
const SIGNIFICANT =
  /^(?:7[1-57-9]\d{8}|1[1-9]\d{8}|2[03489]\d{8}|3[0347]\d{8}|80[08]\d{7}|84[345]\d{7}|87[0-3]\d{7}|9[01]\d{8})$/;

export const phone: Detector = {
  name: 'phone number',
  digits: 9,
  find: (text) => matches(text, PHONE, isPhone),
};

function isPhone(piece: string): boolean {
  const digits = digitsOf(piece);
  if (/^\s*(?:\+|00)353/.test(piece)) {
    return /^(?:00)?3530?[1-9]\d{7,8}$/.test(digits);
  }
  return SIGNIFICANT.test(digits.replace(/^(?:(?:00)?440?|0)/, ''));
}

const AREAS = new Set(
  (
    'AB AL B BA BB BD BH BL BN BR BS BT BX CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX FK ' +
    'FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP ' +
    'NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W ' +
    'WA WC WD WF WN WR WS WV YO ZE'
  ).split(' '),
);
const POSTCODE = /(?<![A-Z0-9#-])[A-Z]{1,2}\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z]{2}(?![A-Z0-9-])/gi;

export const postcode: Detector = {
  name: 'postcode',
  digits: 2,
  find: (text) => matches(text, POSTCODE, (piece) => isPostcode(piece, piece.length === text.trim().length)),
};

/** Of an area that the Royal Mail has. Small letters or no space make one out of any code, if it stands in a text. */
function isPostcode(piece: string, isAll: boolean): boolean {
  const isWritten = piece.includes(' ') ? isAll || piece === piece.toUpperCase() : piece.length >= 6;
  const isCased = piece === piece.toUpperCase() || isAll;
  return isWritten && isCased && AREAS.has(piece.slice(0, piece.search(/\d/)).toUpperCase());
}

const IP = /(?<![\w.-])(?:\d{1,3}\.){3}\d{1,3}(?![\w-]|\.\d)/g;
/** Private ones, and those that RFC 5737 keeps for documents. */
const NOBODYS_IP =
  /^(?:0|10|127|2[2-5]\d|192\.168|169\.254|172\.(?:1[6-9]|2\d|3[01])|192\.0\.[02]|198\.51\.100|203\.0\.113|198\.1[89])\./;

/** A version of four numbers looks like one: three of them have to have two digits at least. */
export const ipAddress: Detector = {
  name: 'IP address',
  digits: 7,
  mark: '.',
  find: (text) =>
    matches(text, IP, (piece) => {
      const parts = piece.split('.');
      const isLong = parts.filter((part) => part.length > 1).length >= 3;
      return isLong && parts.every((part) => Number(part) < 256) && !NOBODYS_IP.test(piece);
    }),
};
