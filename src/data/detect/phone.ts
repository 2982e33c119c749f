import { type Detector, digitsOf, matches } from './detector.ts';

/** A colon may stand before a number behind a word only (`tel:`), or it is a time. */
const BEFORE = String.raw`(?<![\w.+/#-]|(?<![A-Za-z]):)`;
const BEHIND = String.raw`(?![\w/:]|[.-]\d)`;

/** As Ofcom's national numbering plan has them: an area code first, and never a date (`01.02.2026`). */
const WRITTEN = new RegExp(
  String.raw`${BEFORE}(?:(?:\+|00)(?:44|353)[ .-]?(?:\(0\)[ .-]?)?\(?[1-9]\d{0,3}\)?|\(?0[1-9]\d{1,3}\)?)(?:[ .-]?\d{2,9}){0,4}${BEHIND}`,
  'g',
);
/** A mobile phone that lost its zero, in the groups that people write. */
const GROUPED = new RegExp(String.raw`${BEFORE}(?:44 ?)?7\d{3} (?:\d{6}|\d{3} \d{3})${BEHIND}`, 'g');
/** In one piece it may be any number: somebody has to call it a phone, or it is all there is. */
const CALLED = new RegExp(
  String.raw`(?<=(?<![\p{L}\p{N}])(?:m[.:] ?|(?:mob(?:ile)?|tel(?:ephone)?|phone|cell|sms|ring|call|text|ffôn|symudol)[ .:]{1,3}))(?:44)?7\d{9}${BEHIND}`,
  'giu',
);
const ALONE = /^\s*(?:44)?7\d{9}\s*$/g;

const SIGNIFICANT =
  /^(?:7[1-57-9]\d{8}|1[1-9]\d{8}|2[03489]\d{8}|3[0347]\d{8}|80[08]\d{7}|84[345]\d{7}|87[0-3]\d{7}|9[01]\d{8})$/;

/** Of other countries (ITU-T E.164), with the plus: in groups, or in one piece. */
const CODE = String.raw`(?:1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|(?:2[1-69]|3[578]|42|50|59|6[789]|8[0578]|9[67])\d|99[2-68])`;
const ABROAD = new RegExp(
  String.raw`(?<![\w+])\+(?!44|353)${CODE}(?:\d{0,13}(?:[ -]\(?\d{1,8}\)?){0,6}|(?:\.\d{1,4}){3,5})(?!\w|[.-]\d)`,
  'g',
);

export const phone: Detector = {
  name: 'phone number',
  digits: 9,
  find: (text) => [
    ...[WRITTEN, GROUPED, CALLED, ALONE].flatMap((pattern) => matches(text, pattern, isPhone)),
    ...(text.includes('+') ? matches(text, ABROAD, isAbroad) : []),
  ],
};

function isPhone(piece: string): boolean {
  const digits = digitsOf(piece);
  if (/^\s*(?:\+|00)353/.test(piece)) {
    return /^(?:00)?3530?[1-9]\d{7,8}$/.test(digits);
  }
  return SIGNIFICANT.test(digits.replace(/^(?:(?:00)?440?|0)/, ''));
}

function isAbroad(piece: string): boolean {
  const { length } = digitsOf(piece);
  return length >= 10 && length <= 15;
}

/** Whether it is one only because nothing says otherwise: a number of ten digits, as ids are. */
export function isBarePhone(text: string): boolean {
  return /^(?:44)?7\d{9}$/.test(text.trim());
}
