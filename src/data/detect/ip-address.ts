import { isIPv6 } from 'node:net';
import { type Detector, matches } from './detector.ts';

const IP = /(?<![\w.-])(?:\d{1,3}\.){3}\d{1,3}(?![\w-]|\.\d)/g;
/** Private ones, and those that RFC 5737 keeps for documents. */
const NOBODYS_IP =
  /^(?:0|10|127|2[2-5]\d|192\.168|169\.254|172\.(?:1[6-9]|2\d|3[01])|192\.0\.[02]|198\.51\.100|203\.0\.113|198\.1[89])\./;
/** Of the range that is given out, 2000::/3. */
const IPV6 = /(?<![\w:.])[23][\da-f]{3}(?::[\da-f]{0,4}){2,7}(?![\w:.])/gi;
/** RFC 3849 keeps it for documents. */
const NOBODYS_IPV6 = /^2001:0?db8:/i;

export const ipAddress: Detector = {
  name: 'IP address',
  digits: 4,
  find: (text) => [
    ...(text.includes('.') ? matches(text, IP, isSomebodys) : []),
    ...(text.includes(':') ? matches(text, IPV6, (piece) => isIPv6(piece) && !NOBODYS_IPV6.test(piece)) : []),
  ],
};

/** A version of four numbers looks like one: three of them have to have two digits at least. */
function isSomebodys(piece: string): boolean {
  const parts = piece.split('.');
  const isLong = parts.filter((part) => part.length > 1).length >= 3;
  return isLong && parts.every((part) => Number(part) < 256) && !NOBODYS_IP.test(piece);
}
