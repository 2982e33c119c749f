import type { FiguresMemory, SweepFigure } from '../reconcile/figures.ts';
import type { Database } from './open.ts';
import { decode, encode } from './stored-json.ts';

/** Figures for operators, on an open database. Throws inside a transaction. */
export function createFiguresMemory({
  kysely,
  transactions,
}: Pick<Database, 'kysely' | 'transactions'>): FiguresMemory {
  return {
    async noteBudgets(readings, at) {
      transactions.assertOutside('noting budgets');
      for (const { kind, of, items, limit } of readings) {
        const figure = { used: items.length, most: limit, read_at: at };
        await kysely
          .insertInto('budget_figures')
          .values({ kind, pool: of, ...figure })
          .onConflict((conflict) => conflict.columns(['kind', 'pool']).doUpdateSet(figure))
          .execute();
      }
    },
    async noteSweep(sweep) {
      transactions.assertOutside('noting a sweep');
      await kysely
        .updateTable('sweeps')
        .set({ report: encode(sweep) })
        .execute();
    },
    async read(pools) {
      transactions.assertOutside('reading figures');
      const [rows, sweep] = await Promise.all([
        kysely.selectFrom('budget_figures').selectAll().execute(),
        kysely.selectFrom('sweeps').select('report').executeTakeFirst(),
      ]);
      const budgets = pools.flatMap(({ kind, of }) => {
        const row = rows.find((one) => one.kind === kind && one.pool === of);
        return row ? [{ kind, used: row.used, limit: row.most, readAt: row.read_at }] : [];
      });
      // Written by `noteSweep`, from a value of this very type.
      return { budgets, sweep: (decode(sweep?.report ?? null) as SweepFigure | null) ?? null };
    },
  };
}
