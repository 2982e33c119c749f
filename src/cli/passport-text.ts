import { formatDuration } from '../domain/duration.ts';
import type { CoveredColumn, OtherDatabase, Passport, ScanFinding, TableScan } from '../domain/passport.ts';
import { unmetCases } from '../domain/unmet-cases.ts';

/**
 * The text of a passport for people, a line for each thing. Whoever signed it may be anybody, so it may be anything: where
 * it is no passport, one line says so.
 */
export function passportText(text: string): string[] {
  try {
    return linesOf(JSON.parse(text) as Passport);
  } catch {
    return ['its text is no passport that this Mayfly can read'];
  }
}

function linesOf(passport: Passport): string[] {
  const { source, takenAt, database, ruleSet, schema, columns, counts, scan, checks } = passport;
  const kept = columns.filter(isKept).length;
  const passed = checks.filter((check) => check.passed);
  return [
    `source: ${source}, ${takenAt === null ? 'taken nobody knows when' : `taken at ${takenAt}`}`,
    `database: ${database}`,
    besideLine(passport.otherDatabases),
    `rules: SHA-256 ${ruleSet}`,
    `schema: SHA-256 ${schema}`,
    `made: by ${passport.madeBy}, ${madeWords(passport)}`,
    `coverage: ${count(columns.length, 'column')} of ${count(counts.length, 'table')}, ${columns.length - kept} masked and ${kept} kept with a reason`,
    ...tableLines(passport),
    ...unmetCases(passport).map((sentence) => `look again at ${sentence}`),
    scanLine(scan),
    ...(scan.uncompared ?? []).map(
      ({ table, column, reason }) => `not compared with the original: ${table}.${column}: ${reason}`,
    ),
    ...scan.findings.map(findingLine),
    `checks: ${passed.length} of ${checks.length} passed`,
    ...checks.filter((check) => !check.passed).map(({ name, detail }) => `failed: ${name}: ${detail}`),
  ];
}

function madeWords({ startedAt, finishedAt }: Passport): string {
  const seconds = (Date.parse(finishedAt) - Date.parse(startedAt)) / 1000;
  return `from ${startedAt} to ${finishedAt} (${formatDuration(seconds)})`;
}

/** Tables of which columns are covered or rows were counted, by name. */
function tableLines({ columns, counts, scan }: Passport): string[] {
  const names = [...new Set([...columns, ...counts].map(({ table }) => table))].sort();
  return names.map((name) => {
    const covered = columns.filter(({ table }) => table === name);
    const kept = covered.filter(isKept).length;
    const rows = counts.find(({ table }) => table === name);
    const counted = rows ? `${count(rows.after, 'row')}, of ${rows.before} before` : 'its rows were not counted';
    const seen = scan.tables?.find(({ table }) => table === name);
    return `table ${name}: ${covered.length - kept} masked, ${kept} kept; ${counted}${seen ? `; ${seenWords(seen)}` : ''}`;
  });
}

/** What the scan says holds for what it saw. */
function seenWords({ rows, of, cut, marked }: TableScan): string {
  const parts = [
    `${rows} of ${of} looked at`,
    ...(cut > 0 ? [`${count(cut, 'value')} not to the end`] : []),
    ...(marked > 0 ? [`names marked of ${count(marked, 'row')}`] : []),
  ];
  return parts.join(', ');
}

/** An older passport says nothing of them. */
function besideLine(others: readonly OtherDatabase[] | null | undefined): string {
  const named = (others ?? []).map(({ name, reason }) => `${name} (${reason ?? 'nobody said why it may stay'})`);
  if (!others) {
    return 'beside it on the server: not known';
  }
  return `beside it on the server: ${named.length === 0 ? 'no other database' : named.join(', ')}`;
}

function isKept({ mask }: CoveredColumn): boolean {
  return mask === 'keep';
}

function scanLine({ detectors, columns, rows, findings }: Passport['scan']): string {
  const allowed = findings.filter((finding) => finding.allowed !== null).length;
  const found =
    findings.length === 0 ? 'nothing was found' : `${count(findings.length, 'finding')}, ${allowed} of them allowed`;
  return `scan: ${count(columns, 'column')} and ${count(rows, 'row')} were looked at for ${detectors.join(', ')}; ${found}`;
}

function findingLine({ table, column, detector, rows, allowed }: ScanFinding): string {
  const verdict = allowed === null ? 'nobody allowed it' : `allowed: ${allowed}`;
  return `finding: ${table}.${column} holds what looks like ${detector} in ${count(rows, 'row')}; ${verdict}`;
}

function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`;
}
