import type { Kysely } from 'kysely';
import type { Tables } from './schema.ts';
import { decode } from './stored-json.ts';

/** Live environments of whose present life there is, or was asked for, a clone of a source. */
export async function findClones(kysely: Kysely<Tables>, source: string): Promise<string[]> {
  const rows = await kysely
    .selectFrom('resources')
    .innerJoin('environments', (join) =>
      join.onRef('environments.id', '=', 'resources.environment_id').onRef('environments.life', '=', 'resources.life'),
    )
    .where('environments.gone_at', 'is', null)
    .where('resources.kind', '=', 'clone-cluster')
    .where('resources.state', '!=', 'gone')
    .select(['environments.id', 'resources.spec'])
    .orderBy('environments.id')
    .execute();
  return rows.filter(({ spec }) => sourceOf(decode(spec)) === source).map((row) => row.id);
}

/** Of a recorded spec, which may be of another version of Mayfly. */
function sourceOf(spec: unknown): unknown {
  return typeof spec === 'object' && spec !== null && 'sourceIdentifier' in spec ? spec.sourceIdentifier : undefined;
}
