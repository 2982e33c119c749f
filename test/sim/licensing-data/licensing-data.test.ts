import { afterAll, beforeAll, expect, it } from '@jest/globals';
import mysql, { type RowDataPacket } from 'mysql2/promise';
import { plateOf } from '../../../sim/licensing-data/entities.ts';
import { createLicensingData } from '../../../sim/licensing-data/licensing-data.ts';
import { type MariaDbServer, startMariaDb } from '../../../sim/mariadb/mariadb-server.ts';
import { dump } from '../../data/run/masked-database.ts';
import { describeOnMariaDb } from '../../support/mariadb.ts';

describeOnMariaDb('the data of a licensing authority', () => {
  let server: MariaDbServer;
  beforeAll(async () => {
    server = await startMariaDb();
  }, 60_000);
  afterAll(async () => await server.stop());

  async function filled(options: { rows: number; seed: number }) {
    const { socket, user, password } = server;
    const database = await server.createDatabase();
    const connection = await mysql.createConnection({ socketPath: socket, user, password, database });
    await createLicensingData(async (sql) => await connection.query(sql), options);
    const ask = async (sql: string) => (await connection.query<RowDataPacket[]>(sql))[0];
    const tables = async () =>
      (
        await ask(
          "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE'",
        )
      )
        .map(({ name }) => String(name))
        .sort();
    return {
      ask,
      tables,
      // `CHECKSUM TABLE` is of no use: with a virtual column it is another one each time.
      dump: async () => await dump(server, database),
      end: async () => await connection.end(),
    };
  }

  it('is the same for a seed, and another for another', async () => {
    const [first, again, other] = [
      await filled({ rows: 300, seed: 7 }),
      await filled({ rows: 300, seed: 7 }),
      await filled({ rows: 300, seed: 8 }),
    ];
    const dumps = await Promise.all([first, again, other].map(async (one) => await one.dump()));
    expect(dumps[1] === dumps[0]).toBe(true);
    expect(dumps[2] === dumps[0]).toBe(false);
    expect((await first.tables()).length).toBeGreaterThan(40);
    await Promise.all([first, again, other].map(async ({ end }) => await end()));
  }, 60_000);

  it('points at nothing that is not there', async () => {
    const { ask, end } = await filled({ rows: 500, seed: 3 });
    const keys = await ask(
      `SELECT constraint_name AS name, table_name AS child, referenced_table_name AS parent,
              GROUP_CONCAT(CONCAT('p.', QUOTE_IDENTIFIER(referenced_column_name), ' = c.', QUOTE_IDENTIFIER(column_name)) SEPARATOR ' AND ') AS same,
              GROUP_CONCAT(CONCAT('c.', QUOTE_IDENTIFIER(column_name), ' IS NOT NULL') SEPARATOR ' AND ') AS given
       FROM information_schema.key_column_usage
       WHERE table_schema = DATABASE() AND referenced_table_name IS NOT NULL GROUP BY 1, 2, 3`.replaceAll(
        /QUOTE_IDENTIFIER\((\w+)\)/g,
        "CONCAT('`', $1, '`')",
      ),
    );
    const broken: string[] = [];
    for (const { name, child, parent, same, given } of keys) {
      const [row] = await ask(
        `SELECT COUNT(*) AS lost FROM \`${child}\` c WHERE ${given} AND NOT EXISTS (SELECT 1 FROM \`${parent}\` p WHERE ${same})`,
      );
      if (Number(row?.['lost']) > 0) {
        broken.push(`${name}: ${row?.['lost']}`);
      }
    }
    expect(broken).toEqual([]);
    expect(keys.length).toBeGreaterThan(50);
    await end();
  }, 60_000);

  it('grows in the server, and a plate stays unique and what its id says', async () => {
    const { ask, end } = await filled({ rows: 45_000, seed: 1 });
    expect(await ask('SELECT COUNT(*) AS rows_there FROM event_history')).toEqual([{ rows_there: 45_000 }]);
    const grown = await ask('SELECT id, vrm FROM vehicle WHERE id IN (20001, 40001, 45000) ORDER BY id');
    expect(grown).toEqual([20_001, 40_001, 45_000].map((id) => ({ id, vrm: plateOf(id) })));
    await end();
  }, 120_000);

  it('has the past of rows in the tables of history', async () => {
    const { ask, end } = await filled({ rows: 300, seed: 1 });
    const [row] = await ask("SELECT COUNT(*) AS gone FROM person_hist WHERE hist_mode = 'D'");
    expect(row?.['gone']).toBe(5);
    await end();
  }, 60_000);
});
