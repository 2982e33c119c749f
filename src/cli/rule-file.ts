import { readFile } from 'node:fs/promises';
import { parseRuleSet } from '../data/rules/parse.ts';
import type { RuleSet } from '../data/rules/rule-set.ts';
import { MendError } from './exit-code.ts';

/** The rules of a file; throws every problem of it, as `rules.yml:12:7: …`, which editors follow. */
export async function readRuleFile(path: string): Promise<{ readonly ruleSet: RuleSet; readonly digest: string }> {
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    throw new MendError([`the rule file ${path} cannot be read: ${error.code ?? 'for no reason that is told'}`]);
  });
  const parsed = parseRuleSet(bytes);
  if (!parsed.ok) {
    throw new MendError(parsed.problems.map(({ line, column, message }) => `${path}:${line}:${column}: ${message}`));
  }
  return parsed;
}
