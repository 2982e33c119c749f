import { types } from 'node:util';

const DATE_KEY = '$date';
/** A member that somebody else called so, with one `$` more for each time that it was stored within something stored. */
const ESCAPED_KEY = /^\$\$+date$/;

/** JSON text of a value in which dates may stand, for `decode`. What JSON does not have (`undefined`) is null at the top. */
export function encode(value: unknown): string {
  return JSON.stringify(marked(value) ?? null);
}

/** The value that was given to `encode`, its dates as dates. */
export function decode(stored: unknown): unknown {
  if (Array.isArray(stored)) {
    return stored.map(decode);
  }
  if (typeof stored !== 'object' || stored === null) {
    return stored;
  }
  const members = Object.entries(stored);
  const [first] = members;
  if (first && members.length === 1 && first[0] === DATE_KEY && typeof first[1] === 'string') {
    return new Date(first[1]);
  }
  return Object.fromEntries(
    members.map(([name, held]) => [ESCAPED_KEY.test(name) ? name.slice(1) : name, decode(held)]),
  );
}

function marked(value: unknown): unknown {
  if (types.isDate(value)) {
    return { [DATE_KEY]: value.toISOString() };
  }
  if (Array.isArray(value)) {
    return value.map(marked);
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([name, held]) => [/^\$+date$/.test(name) ? `$${name}` : name, marked(held)]),
    );
  }
  return value;
}

/**
 * Text as Postgres takes it: it refuses the character NUL and half an emoji, and a log line or a title may hold either. A
 * mark of byte order at the front goes as well: one of the two engines loses it on the way back.
 */
export function storableText(text: string): string {
  return text
    .replaceAll('\0', '\u{FFFD}')
    .replace(/^\uFEFF+/, '')
    .toWellFormed();
}
