import { type History, type MigrationTool, migrationsIn } from '../../domain/migrations/tool.ts';
import { MIGRATION_TOOLS } from '../../domain/migrations/tools.ts';
import { isBehind, type Verdict, verdictOf } from '../../domain/migrations/verdict.ts';
import { quoted } from '../../domain/quoted.ts';
import type { PlannedMigrations } from '../plan/plan.ts';
import type { PreflightReport } from './preflight-report.ts';

interface Compared {
  readonly migrations: PlannedMigrations;
  /** As people know it: a day, or an identifier. */
  readonly source: string;
  /** Null where the source has no table of the tool. */
  readonly history: History | null;
  /** Below the folder; null where there is no such folder. */
  readonly files: readonly string[] | null;
  readonly headSha: string;
  readonly baseRef: string;
}

/** More names than these are counted. */
const MOST_NAMES = 3;

/** Pure, and stable: the same source and commit read the same. */
export function preflightOf(compared: Compared): PreflightReport {
  const { migrations, history, files, headSha } = compared;
  if (files === null) {
    return unknown(
      `There is no folder ${quoted(migrations.path)} at ${quoted(headSha.slice(0, 7))}, so its migrations are not compared. Correct ${quoted('database.migrations.path')}.`,
    );
  }
  if (history === null) {
    return unknown(
      `The database ${quoted(migrations.database)} of the source has no table ${quoted(migrations.table)} of ${NAMES[migrations.tool]}, so migrations are not compared. Correct ${quoted('database.migrations.table')}.`,
    );
  }
  const tool = MIGRATION_TOOLS[migrations.tool];
  const verdict = verdictOf(tool, migrationsIn(tool, files), history);
  return { relation: verdict.relation, isBehind: isBehind(verdict), text: textOf(verdict, tool, compared) };
}

const NAMES: Readonly<Record<PlannedMigrations['tool'], string>> = { doctrine: 'Doctrine', flyway: 'Flyway' };

function unknown(text: string): PreflightReport {
  return { relation: 'unknown', isBehind: false, text };
}

function textOf(verdict: Verdict, tool: MigrationTool, { source, headSha, baseRef, migrations }: Compared): string {
  const { relation, ahead, behind, late } = verdict;
  const commit = quoted(headSha.slice(0, 7));
  const of = `the source ${quoted(source)}`;
  const merge = `Merge ${quoted(baseRef)} into the branch and push.`;
  const names = (ids: readonly string[]): string => listed(ids.map((id) => tool.called(id)));
  const tail =
    late.length === 0
      ? ''
      : ` ${NAMES[migrations.tool]} does not run ${names(late)} unless ${quoted(tool.runsLateWith ?? '')} is set: the source has a newer one.`;
  switch (relation) {
    case 'same':
      return `Migrations: ${commit} and ${of} have the same.`;
    case 'ahead':
      return `Migrations: ${commit} is ahead of ${of} by ${counted(ahead)}, to be run on the clone: ${names(ahead)}.${tail}`;
    case 'behind':
      return `Migrations: ${commit} is behind ${of} by ${counted(behind)} that it does not have: ${names(behind)}. ${merge}`;
    case 'diverged':
      return `Migrations: ${commit} and ${of} have diverged. The source has ${counted(behind)} that the commit does not have: ${names(behind)}. The commit has ${counted(ahead)} to be run on the clone: ${names(ahead)}. ${merge}${tail}`;
  }
}

function counted({ length }: readonly string[]): string {
  return `${length} ${length === 1 ? 'migration' : 'migrations'}`;
}

function listed(names: readonly string[]): string {
  const more = names.length - MOST_NAMES;
  return [...names.slice(0, MOST_NAMES).map(quoted), ...(more > 0 ? [`and ${more} more`] : [])].join(', ');
}
