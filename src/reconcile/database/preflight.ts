import { changeSetVerdict } from '../../domain/migrations/change-set-verdict.ts';
import type { Listing } from '../../domain/migrations/listing.ts';
import { type FileNameTool, type History, migrationsIn } from '../../domain/migrations/tool.ts';
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
  readonly listed: Listing;
  readonly headSha: string;
  readonly baseRef: string;
}

/** More names than these are counted. */
const MOST_NAMES = 3;

/** Pure, and stable: the same source and commit read the same. */
export function preflightOf(compared: Compared): PreflightReport {
  const { migrations, history, listed } = compared;
  if ('problem' in listed) {
    return unknown(listed.problem);
  }
  if ('files' in listed && listed.files === null) {
    return unknown(
      `There is no folder ${quoted(migrations.path)} at ${commitOf(compared)}, so its migrations are not compared. Correct ${quoted('database.migrations.path')}.`,
    );
  }
  const tool = MIGRATION_TOOLS[migrations.tool];
  if (history === null) {
    return unknown(
      `The database ${quoted(migrations.database)} of the source has no table ${quoted(migrations.table)} of ${tool.title}, so migrations are not compared. Correct ${quoted('database.migrations.table')}.`,
    );
  }
  const verdict = verdictOn(compared, history);
  return verdict
    ? { relation: verdict.relation, isBehind: isBehind(verdict), text: textOf(verdict, compared) }
    : unknown(strangersTo(compared, history));
}

function unknown(text: string): PreflightReport {
  return { relation: 'unknown', isBehind: false, text };
}

/** Undefined where what was read and what was run have nothing in common. */
function verdictOn({ migrations, listed }: Compared, history: History): Verdict | undefined {
  if ('changeSets' in listed) {
    return changeSetVerdict(listed.changeSets, history);
  }
  const tool = MIGRATION_TOOLS[migrations.tool] as FileNameTool;
  return verdictOf(tool, migrationsIn(tool, 'files' in listed ? (listed.files ?? []) : []), history);
}

function strangersTo({ migrations, listed }: Compared, { ids }: History): string {
  const [first] = 'changeSets' in listed ? listed.changeSets : [];
  const has = first ? `such as ${quoted(first.id)}` : 'which has none';
  return `The table ${quoted(migrations.table)} of the source lists none of the change sets of ${quoted(migrations.path)}, ${has}, but others, such as ${quoted(ids.at(-1) ?? '')}, so migrations are not compared. Correct ${quoted('database.migrations.path')}.`;
}

function textOf(verdict: Verdict, compared: Compared): string {
  const { relation, ahead, behind, late } = verdict;
  const tool = MIGRATION_TOOLS[compared.migrations.tool];
  const commit = commitOf(compared);
  const of = `the source ${quoted(compared.source)}`;
  const mend = remedyOf(compared);
  const names = (ids: readonly string[]): string => listOf(ids.map((id) => tool.called(id)));
  const tail =
    late.length === 0 || tool.knownBy !== 'file names'
      ? ''
      : ` ${tool.title} does not run ${names(late)} unless ${quoted(tool.runsLateWith ?? '')} is set: the source has a newer one.`;
  switch (relation) {
    case 'same':
      return `Migrations: ${commit} and ${of} have the same.`;
    case 'ahead':
      return `Migrations: ${commit} is ahead of ${of} by ${counted(ahead)}, to be run on the clone: ${names(ahead)}.${tail}`;
    case 'behind':
      return `Migrations: ${commit} is behind ${of} by ${counted(behind)} that it does not have: ${names(behind)}. ${mend}`;
    case 'diverged':
      return `Migrations: ${commit} and ${of} have diverged. The source has ${counted(behind)} that the commit does not have: ${names(behind)}. The commit has ${counted(ahead)} to be run on the clone: ${names(ahead)}. ${mend}${tail}`;
  }
}

/** The pull request's own by its beginning, another's with its repository. */
function commitOf({ headSha, listed: { elsewhere } }: Compared): string {
  return elsewhere ? quoted(`${elsewhere.repository}@${elsewhere.sha.slice(0, 7)}`) : quoted(headSha.slice(0, 7));
}

function remedyOf({ baseRef, listed: { elsewhere }, migrations: { refField } }: Compared): string {
  return elsewhere
    ? `Have ${quoted(refField ?? '')} name a commit of ${quoted(elsewhere.repository)} that has them, and push.`
    : `Merge ${quoted(baseRef)} into the branch and push.`;
}

function counted({ length }: readonly string[]): string {
  return `${length} ${length === 1 ? 'migration' : 'migrations'}`;
}

function listOf(names: readonly string[]): string {
  const more = names.length - MOST_NAMES;
  return [...names.slice(0, MOST_NAMES).map(quoted), ...(more > 0 ? [`and ${more} more`] : [])].join(', ');
}
