import type { Database } from '../mysql/session.ts';
import type { CoveredTable } from '../rules/covered.ts';
import type { AllowedFinding } from '../rules/rule-set.ts';
import { spoken } from '../rules/spoken-name.ts';
import type { Check } from './check.ts';
import { countDocuments, type DocumentCounts, documentColumns, reasonsOf } from './document-counts.ts';
import { createStore, findDocuments, putDocuments } from './fingerprint-store.ts';

/** What `allow` calls them. */
const EMPTIED = 'emptied documents';
const NAME = 'documents of ';

/** Whether a check has to know what there was before. */
export function isOfOriginals(name: string): boolean {
  return name.startsWith(NAME);
}

interface OfRules {
  readonly tables: readonly CoveredTable[];
  readonly allow: readonly AllowedFinding[];
}

/** Documents that masks would empty, as far as that can be known before: a sentence for each column with such, unless allowed. */
export async function unmaskableDocuments(database: Database, { tables, allow }: OfRules): Promise<readonly string[]> {
  const problems: string[] = [];
  for (const { table, column, counts } of await count(database, tables)) {
    const emptied = counts.broken + counts.tooLong;
    if (emptied > 0 && reasonFor(allow, { table, column: column.column.name }) === undefined) {
      const why = reasonsOf(column.mask, counts, emptied);
      problems.push(
        `${spoken(table, column.column.name)}: ${emptied} ${emptied === 1 ? 'document' : 'documents'} would be emptied: ${why}`,
      );
    }
  }
  return problems;
}

/** Writes down how many documents there are, when nothing is masked yet and the rows that go are gone. May be called twice. */
export async function noteDocuments(database: Database, tables: readonly CoveredTable[]): Promise<void> {
  const counted = await count(database, tables);
  await database.withSession(async (session) => {
    await createStore(session);
    for (const { table, column, counts } of counted) {
      await putDocuments(session, { table, column: column.column.name, counts });
    }
  });
}

/** Whether as many documents are left as were noted. A mask empties what it cannot mask, and says nothing itself. */
export async function checkDocuments(database: Database, { tables, allow }: OfRules): Promise<Check[]> {
  const noted = await database.withSession(findDocuments);
  const before = new Map(noted.map(({ table, column, counts }) => [JSON.stringify([table, column]), counts]));
  const counted = await count(database, tables);
  return counted.flatMap(({ table, column, counts }) => {
    const was = before.get(JSON.stringify([table, column.column.name])) as DocumentCounts | undefined;
    if (was === undefined || was.documents === 0) {
      return [];
    }
    const name = `${NAME}${table}.${column.column.name}`;
    const emptied = was.documents - counts.documents;
    if (emptied <= 0) {
      return [{ name, passed: true, detail: `${counts.documents} of ${was.documents} are still documents` }];
    }
    const why = reasonsOf(column.mask, was, emptied);
    const said = reasonFor(allow, { table, column: column.column.name });
    const detail = `${emptied} of ${was.documents} documents were emptied: ${why}`;
    return [{ name, passed: said !== undefined, detail: said === undefined ? detail : `${detail}; allowed: ${said}` }];
  });
}

async function count(database: Database, tables: readonly CoveredTable[]) {
  const columns = tables.flatMap((covered) =>
    documentColumns(covered).map((column) => ({ table: covered.table.name, column })),
  );
  return await database.withSession(async (session) => {
    const counted: ((typeof columns)[number] & { readonly counts: DocumentCounts })[] = [];
    for (const each of columns) {
      counted.push({ ...each, counts: await countDocuments(session, { database: database.name, ...each }) });
    }
    return counted;
  });
}

function reasonFor(
  allow: readonly AllowedFinding[],
  { table, column }: { readonly table: string; readonly column: string },
): string | undefined {
  return allow.find((each) => each.table === table && each.column === column && each.detector === EMPTIED)?.reason;
}
