import type { Suggestion } from './suggestion.ts';

/** A text as YAML reads it back, whatever is in it: JSON's strings are YAML's (YAML 1.2, chapter 1.3). */
export function scalar(text: string): string {
  return PLAIN.test(text) && !SPECIAL.test(text) ? text : JSON.stringify(text).replaceAll(UNPRINTED, escaped);
}

/** What ends a line for some readers, or is not to be printed at all. */
const UNPRINTED = /[\u007F-\u009F\u2028\u2029]/g;

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

const PLAIN = /^[A-Za-z_][\w-]*(?: [\w,'-]*\w)*$/;
/** What a reader of YAML 1.1 or 1.2 takes for something else. */
const SPECIAL = /^(?:null|true|false|yes|no|on|off|y|n)$/i;

/** A name within a comment: on one line, whatever is in it. */
export function spokenName(name: string): string {
  return /^[\w $-]+$/.test(name) ? name : JSON.stringify(name).replaceAll(UNPRINTED, escaped);
}

/** The mask as the rule set has it, on one line. */
export function maskText(suggestion: Exclude<Suggestion, { kind: 'elsewhere' | 'follows' | 'unknown' }>): string {
  switch (suggestion.kind) {
    case 'keep':
      return `{ keep: ${JSON.stringify(suggestion.reason)} }`;
    case 'fake':
      return `{ fake: ${suggestion.of} }`;
    case 'hash':
      return `{ hash: ${suggestion.length} }`;
    case 'date-shift':
      return `{ dateShift: ${suggestion.maxDays} }`;
    case 'json':
      return `{ json: ${jsonText(suggestion.fields)}, others: text }`;
    case 'digits':
    case 'text':
    case 'null':
      return suggestion.kind;
    default:
      return suggestion satisfies never;
  }
}

function jsonText(fields: readonly (readonly [string, Suggestion])[]): string {
  const parts = fields.flatMap(([path, field]) =>
    field.kind === 'unknown' || field.kind === 'elsewhere' || field.kind === 'follows'
      ? []
      : [`${JSON.stringify(path)}: ${maskText(field)}`],
  );
  return parts.length === 0 ? '{}' : `{ ${parts.join(', ')} }`;
}
