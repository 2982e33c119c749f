import { type Detector, matches } from './detector.ts';

/** AB12 CDE, since 2001. The pair of digits is half a year. DVLA's INF104 has the letters. */
const CURRENT = /(?<![A-Z0-9#-])[A-HJ-PR-Y]{2}(?:0[2-9]|[125-7]\d) ?[A-HJ-PR-Z]{3}(?![A-Z0-9-])/gi;
/** A123 BCD, 1983 to 2001. With fewer digits it looks like the size of a sheet, a form or a road. */
const PREFIX = /(?<![A-Z0-9#-])[A-HJ-NPR-TV-Y]\d{3} ?[A-HJ-PR-Y]{3}(?![A-Z0-9-])/g;
/** ABC 123D, 1963 to 1983. */
const SUFFIX = /(?<![A-Z0-9#-])[A-HJ-PR-Y]{3} ?\d{3}[A-HJ-NPR-TV-Y](?![A-Z0-9-])/g;
/** BAZ 4321: a place of Northern Ireland is two letters, one of them I or Z, and no number of a year. */
const NORTHERN_IRELAND =
  /(?<![A-Z0-9#-])[A-HJ-PR-Z](?:I[ABGJLW]|[JOUX]I|[A-HJ-PR-Y]Z) ?(?!19\d\d|20\d\d)[1-9]\d{3}(?![A-Z0-9-])/g;

/** In small letters the older forms are hexadecimal digits too often. */
export const numberPlate: Detector = {
  name: 'number plate',
  digits: 2,
  find: (text) =>
    [CURRENT, PREFIX, SUFFIX, NORTHERN_IRELAND].flatMap((pattern) =>
      matches(text, pattern, (piece) => piece === piece.toUpperCase() || piece.length === text.trim().length),
    ),
};
