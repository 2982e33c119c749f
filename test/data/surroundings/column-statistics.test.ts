import { expect, it } from '@jest/globals';
import type { Session } from '../../../src/data/mysql/session.ts';
import { forgetStatistics } from '../../../src/data/surroundings/column-statistics.ts';

/** As MySQL's manual has it ("ANALYZE TABLE Statement"): histograms stand in a view, and go column by column. */
function mySqlWith(histograms: readonly (readonly [string, string])[], said: string[]): Session {
  return {
    rows: async (sql) => {
      if (sql.includes('VERSION()')) {
        return await Promise.resolve([{ version: '8.0.39' }]);
      }
      if (sql.includes('information_schema.COLUMN_STATISTICS')) {
        return histograms.map(([table_name, column_name]) => ({ table_name, column_name }));
      }
      said.push(sql);
      return [];
    },
    change: async () => await Promise.reject(new Error('no statement of MySQL has no rows here')),
    remember: async () => undefined,
  };
}

it("drops MySQL's histograms, each by its name", async () => {
  const said: string[] = [];
  await forgetStatistics(mySqlWith([['person', 'na`me']], said), 'shop');
  expect(said).toEqual(['ANALYZE TABLE `shop`.`person` DROP HISTOGRAM ON `na``me`']);
});

it('says nothing to a MySQL that has none', async () => {
  const said: string[] = [];
  await forgetStatistics(mySqlWith([], said), 'shop');
  expect(said).toEqual([]);
});
