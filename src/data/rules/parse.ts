import type { Finding } from '../../config/document/finding.ts';
import { readYaml } from '../../config/document/yaml-source.ts';
import { zodFindings } from '../../config/document/zod-findings.ts';
import { digestOf } from '../../domain/digest.ts';
import { quoted } from '../../domain/quoted.ts';
import type { RuleSet } from './rule-set.ts';
import { rulesSchema, tableRulesOf } from './schema.ts';

/** Both positions 1-based. */
export interface RuleProblem {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

export type ParsedRuleSet =
  /** `digest`: SHA-256 of what the file says, whatever its layout, comments, and order of tables and columns. */
  | { readonly ok: true; readonly ruleSet: RuleSet; readonly digest: string }
  /** In the order of the file; never empty. */
  | { readonly ok: false; readonly problems: readonly RuleProblem[] };

/** Room for 3,000 columns, several times. */
const MAX_BYTES = 1024 * 1024;
const SHA_256_DIGITS = 64;

/** Reads a rule file. Whatever cannot be read or accepted is a problem with its line; nothing is thrown. */
export function parseRuleSet(text: string | Uint8Array): ParsedRuleSet {
  // A key with nothing behind it would be the mask `null`.
  const source = readYaml(text, { maxBytes: MAX_BYTES, allowsBlanks: false });
  if (!source.ok) {
    return source;
  }
  const { value } = source;
  const parsed = rulesSchema.safeParse(value);
  if (!parsed.success) {
    const problems = zodFindings(parsed.error, { value, schema: rulesSchema }).map((finding) => ({
      ...source.locate(finding.field, finding.atKey),
      message: sentenceOf(finding),
    }));
    return { ok: false, problems: problems.toSorted((a, b) => a.line - b.line || a.column - b.column) };
  }
  const { tables, ...rest } = parsed.data;
  const ruleSet: RuleSet = {
    ...rest,
    tables: Object.entries(tables)
      .map(tableRulesOf)
      .toSorted((a, b) => (a.table < b.table ? -1 : 1)),
    smoke: rest.smoke.map(({ name, sql, atLeast, equals }) => ({ name, sql, atLeast, equals })),
  };
  return { ok: true, ruleSet, digest: digestOf(ruleSet, SHA_256_DIGITS) };
}

function sentenceOf({ field, message, found, allowed, atKey }: Finding): string {
  const where = field.length === 0 ? 'the file' : quoted(field.slice(0, 6).join('.'));
  const what = found === null || found === 'a block of keys' || atKey ? '' : ` (found ${quoted(found)})`;
  const known = atKey && allowed !== null && !message.includes('did you mean') ? `; allowed: ${allowed}` : '';
  return `${where}: ${message}${what}${known}`;
}
