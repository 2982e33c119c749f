import { type Detector, matches } from './detector.ts';

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
