import { isUnderWay, type SourceVersion, sourceState } from '../domain/source.ts';
import type { SourceRequest } from '../reconcile/source/source-store.ts';
import type { SourceLine, SourceReport } from './source-report.ts';

const MOST = 500;
export const NOT_CHECKED =
  'its passport was not checked: the key is in the platform document, which PLATFORM_PARAMETER or PLATFORM_FILE names';

/** What came out of the database, as one line in which no character moves a terminal's cursor. */
export function oneLine(text: string): string {
  const line = text.replace(/[\p{C}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
  return line.length <= MOST ? line : `${line.slice(0, MOST - 1)}…`;
}

/** Where the source that is on its way stands; empty when none is. */
export function underWayLine(versions: readonly SourceVersion[]): string {
  const version = versions.find(isUnderWay);
  return version ? oneLine(`${version.id} is ${sourceState(version)}${waitsFor(version.message)}`) : '';
}

/** A report for people, a line for each thing. */
export function reportLines(report: SourceReport): string[] {
  const { inService, underWay, previous, failed, leaving, requests } = report;
  return [
    inService ? servedLine(inService) : 'in service: none that Mayfly made',
    ...(underWay ? [`on its way: ${of(underWay)} is ${underWay.state}${waitsFor(underWay.message)}`] : []),
    ...(previous ? [previousLine(previous)] : []),
    ...failed.map(
      (line) =>
        `failed: ${of(line)}: ${line.message ?? 'nobody said why'}${line.state === 'failed' ? '' : ` (${line.state})`}`,
    ),
    ...leaving.filter(({ id }) => failed.every((line) => line.id !== id)).map((line) => `leaving: ${of(line)}`),
    ...requests.map(requestLine),
  ].map(oneLine);
}

function servedLine(line: SourceLine): string {
  return `in service: ${of(line)} since ${line.servedAt?.toISOString() ?? 'nobody knows when'}; ${passportWords(line)}`;
}

function previousLine(line: NonNullable<SourceReport['previous']>): string {
  const kept =
    line.until === null
      ? 'how long it stays is not known here'
      : `it stays until ${line.until.toISOString()}, and longer while environments are clones of it`;
  return `previous: ${of(line)}; ${passportWords(line)}; ${kept}`;
}

function requestLine({ id, kind, askedBy, askedAt, outcome }: SourceRequest): string {
  const state = outcome === '' ? 'nobody has taken it up yet' : outcome;
  return `request ${id}: ${kind}, asked by ${askedBy} at ${askedAt.toISOString()}: ${state}`;
}

function of({ id, day }: SourceLine): string {
  return `${id} (data of ${day})`;
}

function waitsFor(message: string | null): string {
  return message === null || message === '' ? '' : `: ${message}`;
}

function passportWords({ passport }: SourceLine): string {
  switch (passport.state) {
    case 'good':
      return 'its passport is good';
    case 'bad':
    case 'missing':
      return `it ${passport.problem ?? 'has no passport'}`;
    case 'unchecked':
      return NOT_CHECKED;
  }
}
