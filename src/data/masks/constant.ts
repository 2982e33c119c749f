import { quoteText } from './sql-text.ts';
import { type Drafted, problem, type Target } from './target.ts';

/** The most bytes of a UTF-8 character that a character set can hold; others hold what they hold, and the server says so. */
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
    return column.kind === 'json' || Number.isFinite(Number(value)) ? undefined : 'is no number';
  }
  if (NUMBERS.has(column.kind) && !/^-?\d+(?:\.\d+)?$/.test(value)) {
    return 'is no number';
  }
  if (column.kind === 'json' && !isJson(value)) {
    return 'is no JSON: a text needs quotation marks of its own';
  }
  const length = column.kind === 'binary' ? Buffer.byteLength(value) : [...value].length;
  if (column.maxLength !== undefined && length > column.maxLength) {
    return `has ${length} characters`;
  }
  const holds = HOLDS[column.charset ?? ''];
  return holds && !holds.test(value) ? `has characters that ${column.charset} does not hold` : undefined;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
