import { gunzipSync, inflateSync } from 'node:zlib';

/** Bytes of one value that is packed; what is longer unpacked is not looked at. */
const LONGEST = 4_194_304;

/** What else a text says once it is decoded: entities of HTML, percents of an address, base64. Empty where it is none. */
export function readings(text: string): readonly string[] {
  const unescaped = withoutPercents(withoutEntities(text));
  return [...(unescaped === text ? [] : [unescaped]), ...(text.match(BASE64) ?? []).flatMap(fromBase64)];
}

function withoutEntities(text: string): string {
  return text.includes('&')
    ? text.replaceAll(/&(#\d{2,5}|#x[\da-f]{2,4}|amp|commat);/gi, (_, name: string) => character(name.toLowerCase()))
    : text;
}

function character(name: string): string {
  if (!name.startsWith('#')) {
    return name === 'amp' ? '&' : '@';
  }
  const code = name.startsWith('#x') ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  return String.fromCodePoint(code);
}

/** Of ASCII that can be seen, which is what says something. */
function withoutPercents(text: string): string {
  return text.includes('%')
    ? text.replaceAll(/%(2\d|2[a-f]|[3-6][\da-f]|7[\da-e])/gi, (_, hex: string) =>
        String.fromCharCode(Number.parseInt(hex, 16)),
      )
    : text;
}

/** A mail address in it takes as much. */
const BASE64 = /(?<![\w+/-])[\w+/-]{16,}={0,2}(?![\w+/=-])/g;

/** Digests and keys are in the same letters: what comes of them is no text. */
function fromBase64(word: string): readonly string[] {
  const bytes = Buffer.from(word, 'base64');
  const text = bytes.toString('utf8');
  // oxlint-disable-next-line no-control-regex -- what has them is no text
  return /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F\uFFFD]/.test(text) || !/[a-z0-9]/i.test(text) ? [] : [text];
}

/** Bytes that are text, in UTF-8, UTF-16 or latin1, packed or not; a longer value may have been cut within a character. */
export function textOf(bytes: Buffer): string | undefined {
  return plainText(bytes) ?? packedText(bytes);
}

function plainText(bytes: Buffer): string | undefined {
  if (bytes.includes(0)) {
    return wideText(bytes);
  }
  const text = bytes.toString('utf8');
  return text.slice(0, -1).includes('\uFFFD') ? latinText(bytes) : text;
}

/** An image has many bytes that no text has. */
function latinText(bytes: Buffer): string | undefined {
  let seen = 0;
  for (const byte of bytes) {
    const isControl = byte < 32 && byte !== 9 && byte !== 10 && byte !== 13;
    if (isControl || byte === 127) {
      return undefined;
    }
    seen += Number(byte < 127);
  }
  return seen >= bytes.length * ASCII_OF_TEXT ? bytes.toString('latin1') : undefined;
}

const ASCII_OF_TEXT = 0.8;

/** UTF-16: every other byte is zero, nearly. */
function wideText(bytes: Buffer): string | undefined {
  const even = bytes.subarray(0, bytes.length - (bytes.length % 2));
  let [first, second] = [0, 0];
  for (let at = 0; at < even.length; at += 2) {
    first += Number(even[at] === 0);
    second += Number(even[at + 1] === 0);
  }
  const most = (even.length / 2) * ASCII_OF_TEXT;
  if (second >= most && first === 0) {
    return even.toString('utf16le');
  }
  return first >= most && second === 0 ? Buffer.from(even).swap16().toString('utf16le') : undefined;
}

/** `COMPRESS()` of the server puts the length before a stream of zlib. */
function packedText(bytes: Buffer): string | undefined {
  try {
    const options = { maxOutputLength: LONGEST };
    if (bytes[0] === 0x1f && bytes[1] === 0x8b) {
      return plainText(gunzipSync(bytes, options));
    }
    return bytes[4] === 0x78 ? plainText(inflateSync(bytes.subarray(4), options)) : undefined;
  } catch {
    return undefined;
  }
}
