import { TerminalError } from '../../domain/failure.ts';
import { quoteName } from '../mysql/quote-name.ts';
import type { Database, Session } from '../mysql/session.ts';
import type { CoveredTable } from '../rules/covered.ts';
import type { Mask, RuleSet } from '../rules/rule-set.ts';
import { spoken } from '../rules/spoken-name.ts';

interface OwnSql {
  /** Whose it is, in a sentence. */
  readonly of: string;
  /** As a whole statement. */
  readonly statement: string;
}

/**
 * What the rule set says in SQL of its own and the server cannot read, a sentence each. It is prepared and never run: a
 * misspelt column would otherwise be found when other tables are masked, and one of a smoke query at the very end.
 */
export async function unreadableSql(
  database: Database,
  { tables, smoke }: { readonly tables: readonly CoveredTable[]; readonly smoke: RuleSet['smoke'] },
): Promise<readonly string[]> {
  const all: OwnSql[] = [
    ...tables.flatMap((table) => conditionsOf(table, database.name)),
    ...smoke.map(({ name, sql }) => ({ of: `smoke query ${spoken(name)}`, statement: sql })),
  ];
  return await database.withSession(async (session) => {
    const problems: string[] = [];
    for (const { of, statement } of all) {
      const why = await refusal(session, statement);
      problems.push(...(why === undefined ? [] : [`${of}: ${why}`]));
    }
    return problems;
  });
}

function conditionsOf({ table, rows, columns }: CoveredTable, database: string): OwnSql[] {
  const from = `FROM ${quoteName(database, table.name)}`;
  const deletions = rows.flatMap((rule) => (rule.kind === 'delete-where' ? [rule.condition] : []));
  return [
    ...deletions.map((sql) => ({ of: `deleteWhere of ${spoken(table.name)}`, statement: `SELECT (${sql}) ${from}` })),
    ...columns.flatMap(({ column, mask }) =>
      casesOf(mask).map((sql) => ({
        of: `a case of ${spoken(table.name, column.name)}`,
        statement: `SELECT (${sql}) ${from}`,
      })),
    ),
  ];
}

function casesOf(mask: Mask): readonly string[] {
  return mask.kind === 'cases'
    ? [...mask.cases.flatMap((each) => [each.when, ...casesOf(each.mask)]), ...casesOf(mask.otherwise)]
    : [];
}

async function refusal(session: Session, statement: string): Promise<string | undefined> {
  try {
    await session.change('SET @mayfly_statement = ?', [statement]);
    await session.change('PREPARE mayfly_statement FROM @mayfly_statement');
    await session.change('DEALLOCATE PREPARE mayfly_statement');
    return undefined;
  } catch (error) {
    if (error instanceof TerminalError) {
      return error.message;
    }
    throw error;
  }
}
