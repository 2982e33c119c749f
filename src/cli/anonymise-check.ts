import type { CommandContext } from './command.ts';
import { EXIT, UsageError } from './exit-code.ts';
import { noSource } from './no-source.ts';
import { readOptions } from './options.ts';
import { readRuleFile } from './rule-file.ts';
import { DATABASE_OPTIONS, targetDatabase } from './target-database.ts';

/** `mayfly anonymise check`: whether the rules cover the schema. Reads the schema, and changes nothing. */
export async function anonymiseCheck(context: CommandContext): Promise<number> {
  const options = readOptions(context.args, { ...DATABASE_OPTIONS, config: 'string', json: 'boolean' });
  const { address, problems } = targetDatabase(options, context);
  const config = options.text('config');
  if (address === undefined || config === undefined) {
    throw new UsageError([...problems, ...(config === undefined ? ['--config is missing: the rule file'] : [])]);
  }
  const { ruleSet, digest } = await readRuleFile(config);
  const anonymiser = await context.openAnonymiser(address);
  try {
    const coverage = await anonymiser.check(ruleSet);
    const found = coverage.ok ? [] : coverage.problems;
    if (options.has('json')) {
      context.out(`${JSON.stringify({ ok: coverage.ok, ruleSet: digest, problems: found })}\n`);
    } else if (coverage.ok) {
      const columns = coverage.tables.reduce((count, table) => count + table.columns.length, 0);
      context.out(`the rules cover ${coverage.tables.length} tables and ${columns} columns\n`);
    }
    found.forEach((problem) => context.tell(problem));
    if (coverage.serverProblem !== undefined) {
      context.tell(noSource(coverage.serverProblem));
    }
    return coverage.ok ? EXIT.done : EXIT.mend;
  } finally {
    await anonymiser.close();
  }
}
