import type { Database, Session, SqlValue } from '../mysql/session.ts';
import type { SmokeQuery } from '../rules/rule-set.ts';
import type { Check } from './check.ts';

/** The rule set's own questions, each in a transaction that may only read. */
export async function checkSmoke(database: Database, queries: readonly SmokeQuery[]): Promise<Check[]> {
  const checks: Check[] = [];
  for (const query of queries) {
    const name = `query ${query.name}`;
    checks.push({ name, ...(isSelect(query.sql) ? await ask(database, query) : refused) });
  }
  return checks;
}

type Answer = Omit<Check, 'name'>;

const refused: Answer = { passed: false, detail: 'a query has to be one SELECT that writes no file' };

/** What begins a comment that MySQL executes (`/*!`) is no comment. */
function isSelect(sql: string): boolean {
  const bare = sql.replaceAll(/\/\*(?!!)[\s\S]*?\*\/|(?:--\s|#).*$/gm, ' ').trim();
  return /^\(*\s*(?:SELECT|WITH)\b/i.test(bare) && !/\bINTO\s+(?:OUTFILE|DUMPFILE|@)|\/\*!|\/\*M!/i.test(bare);
}

/** An answer is compared, and never told: it may be somebody's. A query that fails is a check that failed. */
async function ask(database: Database, query: SmokeQuery): Promise<Answer> {
  try {
    const value = await database.withSession(async (session) => await firstValue(session, query.sql));
    const wrong = wrongIn(query, value);
    return { passed: wrong === undefined, detail: wrong ?? 'as it has to be' };
  } catch {
    return { passed: false, detail: 'the server refuses it: try it by hand on the result' };
  }
}

async function firstValue(session: Session, sql: string): Promise<SqlValue | undefined> {
  await session.change('START TRANSACTION READ ONLY');
  try {
    const [row] = await session.rows(sql);
    return row === undefined ? undefined : Object.values(row)[0];
  } finally {
    await session.change('ROLLBACK');
  }
}

function wrongIn({ atLeast, equals }: SmokeQuery, value: SqlValue | undefined): string | undefined {
  if (value === undefined || value === null) {
    return 'no row, or NULL';
  }
  if (atLeast !== undefined && !(Number(value) >= atLeast)) {
    return `less than ${atLeast}`;
  }
  const isEqual =
    typeof equals === 'number' ? Number(value) === equals : equals === undefined || String(value) === equals;
  return isEqual ? undefined : 'another answer than the rules expect';
}
