import { nearest } from '../../domain/nearest.ts';
import { quoteText } from '../masks/sql-text.ts';
import { withoutAsides } from '../masks/xml.ts';
import { quoteName } from '../mysql/quote-name.ts';
import type { Database, Session } from '../mysql/session.ts';
import type { CoveredTable } from '../rules/covered.ts';
import type { AllowedFinding, Mask } from '../rules/rule-set.ts';
import { spoken } from '../rules/spoken-name.ts';
import { pathWithin, stringsWithin } from '../verify/strings-within.ts';

type DocumentMask = Extract<Mask, { kind: 'json' | 'xml' }>;

/** What `allow` calls it where a path may well be in no document. */
const ABSENT_PATH = 'absent path';
/** From so many documents the nearest path is taken. */
const DOCUMENTS = 200;
const LONGEST = 65_536;

/**
 * Paths of `json` and `xml` that no document of their column has, a sentence each: what a misspelt one should mask would
 * stay as it is. The whole column is asked, up to the first document that has the path. One without any document says
 * nothing.
 */
export async function absentPaths(
  database: Database,
  { tables, allow }: { readonly tables: readonly CoveredTable[]; readonly allow: readonly AllowedFinding[] },
): Promise<readonly string[]> {
  const rules = tables
    .filter(({ rows }) => rows.every(({ kind }) => kind !== 'truncate'))
    .flatMap(({ table, columns }) =>
      columns.flatMap(({ column: { name: column }, mask }) =>
        documentMasks(mask).map((each) => ({ table: table.name, column, mask: each })),
      ),
    );
  return await database.withSession(async (session) => {
    const problems: string[] = [];
    for (const { table, column, mask } of rules) {
      const allowed = new Set(
        allow.filter((each) => each.table === table && each.column === column).map(({ detector }) => detector),
      );
      const asked = allowed.has(ABSENT_PATH)
        ? []
        : mask.fields.map(({ path }) => path).filter((path) => !allowed.has(`${ABSENT_PATH} in ${path}`));
      const from = { session, from: quoteName(database.name, table), column: quoteName(column), kind: mask.kind };
      for (const { path, meant } of await absentOf(from, asked)) {
        problems.push(`${spoken(table, column)}: no document has ${spoken(path)}${meant}`);
      }
    }
    return problems;
  });
}

function documentMasks(mask: Mask): readonly DocumentMask[] {
  if (mask.kind === 'cases') {
    return [...mask.cases.map((each) => each.mask), mask.otherwise].flatMap(documentMasks);
  }
  return mask.kind === 'json' || mask.kind === 'xml' ? [mask] : [];
}

interface Documents {
  readonly session: Session;
  readonly from: string;
  readonly column: string;
  readonly kind: DocumentMask['kind'];
}

async function absentOf(documents: Documents, paths: readonly string[]) {
  const absent: string[] = [];
  for (const path of paths) {
    if ((await select(documents, { where: hasPath(documents, path), limit: 1 })).length === 0) {
      absent.push(path);
    }
  }
  const values = absent.length === 0 ? [] : await select(documents, { where: isThere(documents), limit: DOCUMENTS });
  const known = new Set(values.flatMap(pathsWithin));
  return values.length === 0
    ? []
    : absent.map((path) => {
        const near = nearest(pathWithin(path), known);
        return { path, meant: near === undefined ? '' : `: did you mean ${spoken(near)}?` };
      });
}

async function select(
  { session, from, column }: Documents,
  { where, limit }: { readonly where: string; readonly limit: number },
): Promise<readonly string[]> {
  const rows = await session.rows(
    `SELECT LEFT(CONVERT(${column} USING utf8mb4), ${LONGEST}) AS document FROM ${from} WHERE ${where} LIMIT ${limit}`,
  );
  return rows.map((row) => String(row['document'] ?? ''));
}

/** As the masks look at it. */
function documentOf({ column, kind }: Documents): string {
  const document = `CONVERT(${column} USING utf8mb4)`;
  return kind === 'json' ? document : withoutAsides(document);
}

function hasPath(documents: Documents, path: string): string {
  const document = documentOf(documents);
  return documents.kind === 'json'
    ? `CASE WHEN JSON_VALID(${document}) THEN JSON_CONTAINS_PATH(${document},'one',${quoteText(path)}) ELSE 0 END`
    : `ExtractValue(${document},${quoteText(`count(${path})`)})>0`;
}

/** Whether a document is there, with something in it. */
function isThere(documents: Documents): string {
  const document = documentOf(documents);
  return documents.kind === 'json'
    ? `CASE WHEN JSON_VALID(${document}) THEN JSON_TYPE(${document}) IN ('OBJECT','ARRAY') AND JSON_LENGTH(${document})>0 ELSE 0 END`
    : `ExtractValue(${document},'count(/*)')>0`;
}

/** Of what stands in a document, and of all that that stands in. Names that may be anybody's are in none. */
function pathsWithin(document: string): string[] {
  return stringsWithin(document)
    .filter(({ path }) => path !== '' && !path.includes('.*'))
    .flatMap(({ path }) => {
      const steps = path.match(STEP) ?? [];
      return steps.map((_, at) => steps.slice(0, at + 1).join(''));
    })
    .filter((path) => path !== '$');
}

const STEP = /^\$|\.[^.[]+|\[\*\]|\/[^/]+/g;
