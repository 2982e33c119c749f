import type { CompiledMask, MaskPlace } from '../../../src/data/masks/mask-sql.ts';
import { quoteName } from '../../../src/data/mysql/quote-name.ts';
import { quoteValue } from '../../../src/data/mysql/quote-value.ts';

/** Masks enough to try a run with: `hash`, `digits` (one of ten numbers, so that values meet), `null` and `constant`. */
export function standInMask({ column, mask, domain }: MaskPlace): CompiledMask {
  const name = quoteName(column.name);
  const drawn = (attempt: string) =>
    `SHA2(CONCAT(@mayfly_key, '/', ${quoteValue(domain)}, '/', ${attempt}, '/', HEX(${name})), 256)`;
  switch (mask.kind) {
    case 'null':
      return { sql: 'NULL', reads: [], isInjective: false, attemptSql: undefined };
    case 'constant':
      return { sql: quoteValue(String(mask.value)), reads: [], isInjective: false, attemptSql: undefined };
    case 'hash':
      return {
        sql: `LEFT(${drawn('0')}, ${column.maxLength ?? 20})`,
        reads: [column.name],
        isInjective: true,
        attemptSql: undefined,
      };
    case 'digits': {
      const sql = (attempt: string) => `CONV(LEFT(${drawn(attempt)}, 3), 16, 10)`;
      return { sql: `(${sql('0')})`, reads: [column.name], isInjective: false, attemptSql: sql };
    }
    case 'cases': {
      const [first] = mask.cases;
      const read = first?.when.split(' ')[0] ?? '';
      return {
        sql: `IF(${first?.when}, LEFT(${drawn('0')}, ${column.maxLength}), ${name})`,
        reads: [column.name, read],
        isInjective: false,
        attemptSql: undefined,
      };
    }
    default:
      return { problem: `${column.name}: the stand-in knows no ${mask.kind}` };
  }
}
