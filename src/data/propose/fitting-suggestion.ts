import { compileMask } from '../masks/compile-mask.ts';
import { DISTINCT_DIGITS } from '../masks/digest.ts';
import type { CompiledMask } from '../masks/mask-sql.ts';
import { keysAtRisk } from '../plan/distinct-columns.ts';
import { mentions } from '../schema/mentions.ts';
import type { Column, Table } from '../schema/model.ts';
import type { Suggestion } from './suggestion.ts';

const HASH_LENGTH = 16;

/** Drawn from a list, which a unique column soon has used up. */
const REPEATED = new Set(['given-name', 'family-name', 'full-name', 'company', 'town', 'address-line', 'phone']);

interface Place {
  readonly table: Table;
  readonly column: Column;
}

/**
 * What a check takes: no longer than the column, nothing where a partition may not take it, and where values have to stay
 * different, nothing that could make two of them one.
 */
export function fitting(suggestion: Suggestion, { table, column }: Place): Suggestion {
  if (suggestion.kind === 'keep' || suggestion.kind === 'unknown') {
    return suggestion;
  }
  if (mentions(table.partitionedBy ?? '', column.name)) {
    return { kind: 'unknown' };
  }
  const isAtRisk = keysAtRisk(table, column.name).length > 0;
  const fit = withinRoom(isAtRisk ? distinct(suggestion, column) : suggestion, { table, column });
  return isAtRisk && differsBehind(fit, { table, column }) ? { kind: 'unknown' } : fit;
}

/** A hash in place of what has no room in the column, or does not suit its type. */
function withinRoom(suggestion: Suggestion, { table, column }: Place): Suggestion {
  const isHash = suggestion.kind === 'hash';
  if (!isHash && !('problem' in (compiled(suggestion, { table, column }) ?? {}))) {
    return suggestion;
  }
  const asked = isHash ? suggestion.length : HASH_LENGTH;
  return column.kind === 'text' || column.kind === 'binary' ? hashWithin(asked, column) : { kind: 'unknown' };
}

/** Whether a key of the column compares less of it than it takes to tell what the mask gives apart. */
function differsBehind(suggestion: Suggestion, { table, column }: Place): boolean {
  const mask = compiled(suggestion, { table, column });
  const needed = (mask && 'sql' in mask ? mask.distinctWithin : undefined) ?? Number.POSITIVE_INFINITY;
  return (table.prefixes ?? []).some((prefix) => prefix.column === column.name && prefix.length < needed);
}

/** A mask whose room is known from its column alone. */
function compiled(suggestion: Suggestion, { table, column }: Place): CompiledMask | undefined {
  return suggestion.kind === 'fake' || suggestion.kind === 'digits' || suggestion.kind === 'hash'
    ? compileMask({ table: table.name, column, mask: suggestion, domain: suggestion.kind })
    : undefined;
}

function distinct(suggestion: Suggestion, { columnType }: Column): Suggestion {
  if (suggestion.kind === 'json' || suggestion.kind === 'date-shift') {
    return { kind: 'unknown' };
  }
  const isLong = /text|blob/i.test(columnType);
  const isRepeated =
    suggestion.kind === 'text' || (suggestion.kind === 'fake' && (REPEATED.has(suggestion.of) || isLong));
  // No map keeps the values of such columns apart, so a hash has to.
  return isRepeated ? { kind: 'hash', length: isLong ? DISTINCT_DIGITS : HASH_LENGTH } : suggestion;
}

/** As many digits as were asked for, or as there is room for; two of them are a byte. */
function hashWithin(length: number, { kind, maxLength = 64 }: Column): Suggestion {
  return { kind: 'hash', length: Math.max(1, Math.min(length, kind === 'binary' ? 2 * maxLength : maxLength)) };
}
