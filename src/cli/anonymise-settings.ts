import type { RunOrder } from '../data/mask-database.ts';
import type { CommandContext } from './command.ts';
import type { DatabaseAddress } from './database-address.ts';
import { UsageError } from './exit-code.ts';
import { type OptionKinds, type Options, readOptions } from './options.ts';
import { anonymiseKey, passportKey } from './secrets.ts';
import { DATABASE_OPTIONS, targetDatabase } from './target-database.ts';

const OPTIONS: OptionKinds = {
  ...DATABASE_OPTIONS,
  config: 'string',
  workers: 'string',
  'chunk-rows': 'string',
  'as-of': 'string',
  source: 'string',
  'taken-at': 'string',
  passport: 'string',
  'passport-lines': 'boolean',
  json: 'boolean',
};
const MOST_WORKERS = 64;
const MOST_CHUNK_ROWS = 1_000_000;

export type Settings = Omit<RunOrder, 'ruleSet' | 'digest' | 'signal' | 'deliver'> & {
  readonly address: DatabaseAddress;
  readonly config: string;
  /** Where the signed passport goes. */
  readonly passport: string | undefined;
  /** Whether it goes to stdout, as lines that a log can hold. */
  readonly isInLines: boolean;
  readonly isJson: boolean;
};

/** All that the options and the environment say; throws all that is wrong with them. */
export function readSettings(context: CommandContext): Settings {
  const options = readOptions(context.args, OPTIONS);
  const problems: string[] = [];
  const target = targetDatabase(options, context);
  problems.push(...target.problems);
  const take = <T>({ value, problem }: Read<T>): T | undefined => {
    problems.push(...(problem === undefined ? [] : [problem]));
    return value;
  };
  const config = take(required(options, { name: 'config', what: 'the rule file' }));
  const workers = take(number(options, { name: 'workers', most: MOST_WORKERS }));
  const chunkRows = take(number(options, { name: 'chunk-rows', most: MOST_CHUNK_ROWS }));
  const asOf = take(day(options.text('as-of')));
  const takenAt = take(instant(options.text('taken-at')));
  take(destination(options));
  const key = take(anonymiseKey(context.variables));
  const signingKey = take(passportKey(context.variables));
  const { address } = target;
  if (problems.length > 0 || !address || !config || !key || !signingKey) {
    throw new UsageError(problems);
  }
  const source = options.text('source') ?? `database ${address.name} on ${address.host}`;
  const [passport, isInLines, isJson] = [options.text('passport'), options.has('passport-lines'), options.has('json')];
  return {
    address,
    config,
    key,
    signingKey,
    workers,
    chunkRows,
    asOf,
    source,
    takenAt: takenAt ?? null,
    passport,
    isInLines,
    isJson,
  };
}

/** What is read, or why it cannot be. */
interface Read<T> {
  readonly value?: T | undefined;
  readonly problem?: string | undefined;
}

export function required(options: Options, { name, what }: { name: string; what: string }): Read<string> {
  const value = options.text(name);
  return value === undefined ? { problem: `--${name} is missing: ${what}` } : { value };
}

function number(options: Options, { name, most }: { name: string; most: number }): Read<number> {
  const text = options.text(name);
  if (text === undefined) {
    return {};
  }
  const value = /^\d+$/.test(text) ? Number(text) : 0;
  return value >= 1 && value <= most ? { value } : { problem: `--${name} is a whole number from 1 to ${most}` };
}

function day(text: string | undefined): Read<string> {
  const isDay = text === undefined || (/^\d{4}-\d{2}-\d{2}$/.test(text) && isoOf(text)?.startsWith(text));
  return isDay ? { value: text } : { problem: '--as-of is a day such as 2026-11-26' };
}

function instant(text: string | undefined): Read<string> {
  if (text === undefined) {
    return {};
  }
  const value = /^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:\d{2})$/.test(text) ? isoOf(text) : undefined;
  return value === undefined ? { problem: '--taken-at is an instant such as 2026-11-26T03:00:00Z' } : { value };
}

function isoOf(text: string): string | undefined {
  const time = Date.parse(text);
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}

function destination(options: Options): Read<never> {
  const isGiven = ['passport', 'passport-lines', 'json'].some((name) => options.has(name));
  return isGiven
    ? {}
    : { problem: '--passport FILE, --passport-lines or --json is missing: else nobody would have the passport' };
}
