import mysql from 'mysql2/promise';
import type { MariaDbAddress } from '../../sim/mariadb/mariadb-server.ts';
import type { BenchTable } from './tables.ts';

export interface FloorTask {
  readonly address: MariaDbAddress;
  readonly database: string;
  readonly workers: number;
  readonly tables: readonly BenchTable[];
}

/** One bare UPDATE a table, the largest first, on as many connections as the anonymiser has. Resolves with seconds. */
export async function floor({ address, database, workers, tables }: FloorTask): Promise<number> {
  const { socket, user, password } = address;
  const waiting = tables.toSorted((a, b) => b.share - a.share);
  const connections = await Promise.all(
    Array.from(
      { length: Math.min(workers, tables.length) },
      async () => await mysql.createConnection({ socketPath: socket, user, password, database }),
    ),
  );
  const began = performance.now();
  await Promise.all(
    connections.map(async (connection) => {
      await connection.query("SET sql_mode = 'STRICT_ALL_TABLES,ALLOW_INVALID_DATES'");
      for (let table = waiting.shift(); table; table = waiting.shift()) {
        await connection.query(updateOf(table));
      }
    }),
  );
  const seconds = (performance.now() - began) / 1000;
  await Promise.all(connections.map(async (connection) => await connection.end()));
  return seconds;
}

/** `ON UPDATE CURRENT_TIMESTAMP` holds still, as it does when masks are written. */
function updateOf({ name, floor: values }: BenchTable): string {
  const stays = name === 'event_history' ? {} : { last_modified_on: 'last_modified_on' };
  const sets = Object.entries({ ...values, ...stays }).map(([column, value]) => `${column} = ${value}`);
  return `UPDATE ${name} SET ${sets.join(', ')}`;
}
