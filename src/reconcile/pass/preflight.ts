import { TerminalError } from '../../domain/failure.ts';
import { preflightOf } from '../database/preflight.ts';
import type { PreflightReport } from '../database/preflight-report.ts';
import type { Plan, PlannedMigrations } from '../plan/plan.ts';
import type { MigrationsReport } from '../reporter.ts';
import type { Resolution, ResourceRecord } from '../store.ts';
import type { UpPass } from './build.ts';

export interface Preflight {
  /** Null where the blueprint names no migrations, or nothing is known of the source yet. */
  readonly said: MigrationsReport | null;
  /** Why the clone is not made. Undefined where it may be, and where it was asked for already. */
  readonly refusal: TerminalError | undefined;
}

/** Reads how the commit's migrations stand to the source, before anything of it is asked for. */
export async function readPreflight(
  { record, ports: { schemas } }: UpPass,
  { database }: Plan,
  { resolution, rows }: { resolution: Resolution; rows: readonly ResourceRecord[] },
): Promise<Preflight> {
  const listed = resolution.migrations;
  if (!schemas || !database?.migrations || listed?.path !== database.migrations.path) {
    return { said: null, refusal: undefined };
  }
  const { migrations, source } = database;
  const { headSha, baseRef } = record.intent;
  const known = await schemas.sourceHistory(migrations);
  const compared = { migrations, source, headSha, baseRef, listed };
  const preflight = known || 'problem' in listed ? preflightOf({ history: null, ...known, ...compared }) : null;
  const difference = await schemas.seen({ record, migrations });
  const isAsked = rows.some(({ key, state }) => key === migrations.clone.cluster && state !== 'gone');
  return {
    said: preflight || difference ? { preflight, difference } : null,
    refusal: isAsked ? undefined : refusalOf(preflight, migrations),
  };
}

function refusalOf(preflight: PreflightReport | null, { diverged }: PlannedMigrations): TerminalError | undefined {
  return preflight?.isBehind && diverged === 'refuse'
    ? new TerminalError('MigrationsBehind', preflight.text, { actor: 'author' })
    : undefined;
}
