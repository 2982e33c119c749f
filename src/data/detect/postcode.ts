import { type Detector, matches } from './detector.ts';

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

/** Of an area that the Royal Mail has. In a text, no space makes one out of any code. */
function isPostcode(piece: string, isAll: boolean): boolean {
  const isSpaced = piece.includes(' ');
  const isCapital = piece === piece.toUpperCase();
  const isWritten = isSpaced ? isAll || isCapital || isInSmallLetters(piece) : piece.length >= 6;
  return isWritten && (isSpaced || isCapital || isAll) && AREAS.has(piece.slice(0, piece.search(/\d/)).toUpperCase());
}

/** `cf10 1ep`, in a text; not the paper, the road or the floor of `b1 2nd`, nor `ls10 8gb`. */
function isInSmallLetters(piece: string): boolean {
  return piece.indexOf(' ') >= 3 && !/\d(?:st|nd|rd|th|gb|tb|ft|lb|hr|px|pt)$/i.test(piece);
}
