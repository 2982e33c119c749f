import type { Kysely } from 'kysely';
import type { PublicationMemory } from '../reconcile/reporter.ts';
import type { Tables } from './schema.ts';
import type { TransactionScope } from './transaction-scope.ts';

/** What was published of one environment, kept across restarts. */
export function createPublicationMemory({
  kysely,
  transactions,
  environmentId,
}: {
  kysely: Kysely<Tables>;
  transactions: TransactionScope;
  environmentId: string;
}): PublicationMemory {
  return {
    async get(kind) {
      transactions.assertOutside('reading a publication');
      const row = await kysely
        .selectFrom('publications')
        .select(['external_id', 'digest', 'sha'])
        .where('environment_id', '=', environmentId)
        .where('kind', '=', kind)
        .executeTakeFirst();
      return row && { externalId: row.external_id, digest: row.digest, sha: row.sha };
    },
    async put(kind, { externalId, digest, sha }) {
      transactions.assertOutside('keeping a publication');
      const values = { external_id: externalId, digest, sha };
      await kysely
        .insertInto('publications')
        .values({ environment_id: environmentId, kind, ...values })
        .onConflict((conflict) => conflict.columns(['environment_id', 'kind']).doUpdateSet(values))
        .execute();
    },
  };
}
