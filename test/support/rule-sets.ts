import { parseRuleSet } from '../../src/data/rules/parse.ts';
import type { RuleSet } from '../../src/data/rules/rule-set.ts';

/** What a rule file says; its first line, the version, may be left out. */
export function ruleSetOf(text: string): RuleSet {
  const parsed = parseRuleSet(text.startsWith('version:') ? text : `version: 1\n${text}`);
  if (!parsed.ok) {
    throw new Error(parsed.problems.map(({ line, message }) => `${line}: ${message}`).join('\n'));
  }
  return parsed.ruleSet;
}
