import { beyondReach } from '../masks/json.ts';
import { expandJsonPath } from '../masks/json-path.ts';
import { quoteName } from '../mysql/quote-name.ts';
import type { Session } from '../mysql/session.ts';
import type { CoveredColumn, CoveredTable } from '../rules/covered.ts';
import type { Mask } from '../rules/rule-set.ts';
import { spoken } from '../rules/spoken-name.ts';

export type DocumentMask = Extract<Mask, { kind: 'json' | 'xml' }>;

/** Of the documents of one column. */
export interface DocumentCounts {
  /** With something in them: not NULL, and neither empty nor `{}`. Of XML, what begins like an element. */
  readonly documents: number;
  /** Those that the mask will empty, as far as that can be known before: no JSON, and more elements than it follows. */
  readonly broken: number;
  readonly tooLong: number;
}

/** Columns whose documents a mask of their own changes. What a case does with some of them is not told apart. */
export function documentColumns({ columns, rows }: CoveredTable): readonly (CoveredColumn & { mask: DocumentMask })[] {
  return rows.some(({ kind }) => kind === 'truncate') ? [] : columns.filter(isOfDocuments);
}

function isOfDocuments(column: CoveredColumn): column is CoveredColumn & { mask: DocumentMask } {
  return column.mask.kind === 'json' || column.mask.kind === 'xml';
}

export async function countDocuments(
  session: Session,
  {
    database,
    table,
    column: { column, mask },
  }: { database: string; table: string; column: CoveredColumn & { mask: DocumentMask } },
): Promise<DocumentCounts> {
  const document = `CONVERT(${quoteName(column.name)} USING utf8mb4)`;
  const [row] = await session.rows(
    `SELECT COUNT(*) AS documents, SUM(kind = 'broken') AS broken, SUM(kind = 'long') AS too_long
     FROM (SELECT ${kindOf(document, mask)} AS kind FROM ${quoteName(database, table)} WHERE ${isThere(document, mask)}) AS found`,
  );
  const count = (name: string) => Number(row?.[name] ?? 0);
  return { documents: count('documents'), broken: count('broken'), tooLong: count('too_long') };
}

function isThere(document: string, { kind }: DocumentMask): string {
  return kind === 'json' ? `${document} NOT IN ('','{}')` : `${document} REGEXP '^[[:space:]]*<'`;
}

function kindOf(document: string, mask: DocumentMask): string {
  if (mask.kind === 'xml') {
    return `'xml'`;
  }
  const long = mask.fields.flatMap(({ path }) => {
    const found = expandJsonPath(path);
    return found ? beyondReach(document, found) : [];
  });
  const isLong = long.length > 0 ? `WHEN ${long.join(' OR ')} THEN 'long' ` : '';
  return `CASE WHEN NOT JSON_VALID(${document}) THEN 'broken' ${isLong}ELSE 'json' END`;
}

/** Why `emptied` of them were, or will be, emptied. */
export function reasonsOf(mask: DocumentMask, { broken, tooLong }: DocumentCounts, emptied: number): string {
  if (mask.kind === 'xml') {
    return `${are(emptied)} no XML, more than 16 elements deep, or longer masked than the column takes`;
  }
  const arrays = mask.fields
    .filter(({ path }) => path.includes('[*]'))
    .map(({ path }) => `${expandJsonPath(path)?.reach} elements under ${spoken(path)}`);
  const rest = emptied - broken - tooLong;
  return [
    ...(tooLong > 0 ? [`${tooLong} ${tooLong === 1 ? 'has' : 'have'} more than ${arrays.join(' or ')}`] : []),
    ...(broken > 0 ? [`${are(broken)} no JSON`] : []),
    ...(rest > 0 ? [`${are(rest)} longer masked than the column takes, or nested too deep`] : []),
  ].join(', ');
}

function are(count: number): string {
  return `${count} ${count === 1 ? 'is' : 'are'}`;
}
