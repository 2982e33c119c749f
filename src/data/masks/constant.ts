import type { Column } from '../schema/model.ts';
import { quoteText } from './sql-text.ts';
import { type Drafted, problem, type Target } from './target.ts';

/** What a character set can hold, where that is told soon; of any other the server says so. */
const HOLDS: Readonly<Record<string, RegExp>> = {
  ascii: /^[\0-\x7f]*$/,
  latin1: /^[\0-\xff]*$/,
  utf8mb3: /^[\0-\uffff]*$/,
  utf8: /^[\0-\uffff]*$/,
};
const NUMBERS: ReadonlySet<string> = new Set(['integer', 'decimal', 'float', 'bit', 'year']);

export function draftNull(target: Target): Drafted {
  return target.column.nullable
    ? { sql: () => 'NULL', isInjective: true, hasAttempts: false }
    : problem(target, 'it takes no NULL; use constant');
}

/** The value as the rule set has it. It replaces NULL, too. */
export function draftConstant(target: Target, value: string | number | boolean): Drafted {
  const wrong = misfit(target, value);
  if (wrong !== undefined) {
    return problem(target, `the constant ${wrong}`);
  }
  const sql = typeof value === 'string' ? quoteText(value) : String(Number(value));
  return { sql: () => sql, isInjective: false, hasAttempts: false };
}

function misfit({ column }: Target, value: string | number | boolean): string | undefined {
  if (typeof value !== 'string') {
    return undefined;
  }
  if (NUMBERS.has(column.kind)) {
    return /^-?\d+(?:\.\d+)?$/.test(value) ? undefined : 'is no number';
  }
  if (column.kind === 'json') {
    return isJson(value) ? undefined : 'is no JSON: a text needs quotation marks of its own';
  }
  return misfitOfText(column, value);
}

function misfitOfText({ kind, charset, maxLength }: Column, value: string): string | undefined {
  const length = kind === 'binary' ? Buffer.byteLength(value) : Array.from(value).length;
  if (maxLength !== undefined && length > maxLength) {
    return `has ${length} characters`;
  }
  return HOLDS[charset ?? '']?.test(value) === false ? `has characters that ${charset} does not hold` : undefined;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
