import type { Session, SqlRow } from '../mysql/session.ts';

const PARTITIONS = `SELECT TABLE_NAME AS table_name, PARTITION_METHOD AS method, PARTITION_EXPRESSION AS expression,
  PARTITION_DESCRIPTION AS takes
  FROM information_schema.PARTITIONS WHERE TABLE_SCHEMA = ? AND PARTITION_METHOD IS NOT NULL`;

/**
 * By table: what its partitions go by, in SQL, where there are values that none of them takes. That is a RANGE without a
 * MAXVALUE and a LIST without a DEFAULT; a HASH and a KEY take all, and so do subpartitions, which are nothing else.
 */
export async function partitionExpressions(session: Session, database: string): Promise<ReadonlyMap<string, string>> {
  const tables = Map.groupBy(await session.rows(PARTITIONS, [database]), (row) => String(row['table_name']));
  const bounded = [...tables].filter(([, partitions]) => !partitions.some(takesAll));
  return new Map(bounded.map(([table, [first]]) => [table, String(first?.['expression'])]));
}

function takesAll({ method, takes }: SqlRow): boolean {
  const isBounded = /^(RANGE|LIST)/.test(String(method));
  return !isBounded || /^(DEFAULT|MAXVALUE(,MAXVALUE)*)$/i.test(String(takes).replaceAll(/\s/g, ''));
}
