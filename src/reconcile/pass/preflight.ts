import { TerminalError } from '../../domain/failure.ts';
import { preflightOf } from '../database/preflight.ts';
import type { Plan } from '../plan/plan.ts';
import type { MigrationsReport } from '../reporter.ts';
import type { Resolution, ResourceRecord } from '../store.ts';
import type { UpPass } from './build.ts';

export interface Preflight {
  /** Null where the blueprint names no migrations, or nothing is known of the source yet. */
  readonly said: MigrationsReport | null;
  /** Why the clone is not made. Undefined where it may be, and where it was asked for already. */
  readonly refusal: TerminalError | undefined;
}

const SILENT: Preflight = { said: null, refusal: undefined };

/** Reads how the commit's migrations stand to the source, before anything of it is asked for. */
export async function readPreflight(
  { record, ports }: UpPass,
  { database }: Plan,
  { resolution, rows }: { resolution: Resolution; rows: readonly ResourceRecord[] },
): Promise<Preflight> {
  const { migrations, source } = database ?? {};
  const { schemas } = ports;
  if (!schemas || !migrations || resolution.migrations?.path !== migrations.path) {
    return SILENT;
  }
  const known = await schemas.sourceHistory(migrations);
  const difference = await schemas.seen({ record, migrations });
  const { headSha, baseRef } = record.intent;
  const told =
    known &&
    preflightOf({ migrations, source: source ?? '', ...known, headSha, baseRef, files: resolution.migrations.files });
  const isAsked = rows.some(({ key, state }) => key === migrations.clone.cluster && state !== 'gone');
  return {
    said: told || difference ? { preflight: told ?? null, difference } : null,
    refusal:
      told?.isBehind && migrations.diverged === 'refuse' && !isAsked
        ? new TerminalError('MigrationsBehind', told.text, { actor: 'author' })
        : undefined,
  };
}
