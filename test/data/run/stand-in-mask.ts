import type { CompiledMask, MaskPlace } from '../../../src/data/masks/mask-sql.ts';
import { quoteName } from '../../../src/data/mysql/quote-name.ts';
import { quoteValue } from '../../../src/data/mysql/quote-value.ts';

/** Masks enough to try a run with: `hash`, `digits` (few numbers, so that values meet), `null` and `constant`. */
export function standInMask({ column, mask, domain }: MaskPlace): CompiledMask {
  const name = quoteName(column.name);
  const drawn = (attempt: string) =>
    `SHA2(CONCAT(@mayfly_key, '/', ${quoteValue(domain)}, '/', ${attempt}, '/', HEX(${name})), 256)`;
  if (mask.kind === 'null') {
    return { sql: 'NULL', reads: [], isInjective: false, attemptSql: undefined };
  }
  if (mask.kind === 'constant') {
    return { sql: quoteValue(String(mask.value)), reads: [], isInjective: false, attemptSql: undefined };
  }
  if (mask.kind === 'hash') {
    const sql = `LEFT(${drawn('0')}, ${column.maxLength ?? 20})`;
    return { sql, reads: [column.name], isInjective: true, attemptSql: undefined };
  }
  if (mask.kind === 'digits') {
    const sql = (attempt: string) => `CONV(LEFT(${drawn(attempt)}, 4), 16, 10)`;
    return { sql: `(${sql('0')})`, reads: [column.name], isInjective: false, attemptSql: sql };
  }
  if (mask.kind === 'cases') {
    const when = mask.cases[0]?.when ?? 'TRUE';
    return {
      sql: `IF(${when}, LEFT(${drawn('0')}, ${column.maxLength}), ${name})`,
      reads: [column.name, when.split(' ')[0] ?? ''],
      isInjective: false,
      attemptSql: undefined,
    };
  }
  return { problem: `${column.name}: the stand-in knows no ${mask.kind}` };
}
