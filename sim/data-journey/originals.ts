import { DescribeDBClustersCommand } from '@aws-sdk/client-rds';
import mysql from 'mysql2/promise';
import type { Production, Stage } from './production.ts';

/** Values of production that nobody must see. */
export async function originalsOf({ value }: Production): Promise<readonly string[]> {
  const list = await value(
    `SELECT GROUP_CONCAT(v SEPARATOR '\\n') FROM (
       (SELECT email_address AS v FROM contact_details WHERE CHAR_LENGTH(email_address) > 8 LIMIT 40) UNION
       (SELECT ni_number FROM person WHERE CHAR_LENGTH(ni_number) > 8 LIMIT 40) UNION
       (SELECT recipient_email FROM retrieval_link LIMIT 40)) AS originals`,
  );
  return list.split('\n');
}

/** In how many of the clone's columns of text any of them stands, looked up in all of it by somebody with the server's own rights. */
export async function found(
  { server, databases, cloud }: Stage,
  name: string,
  originals: readonly string[],
): Promise<number> {
  const { DBClusters = [] } = await cloud.clients.rds.send(new DescribeDBClustersCommand({}));
  const clone = DBClusters.find(({ DBClusterIdentifier = '' }) => DBClusterIdentifier.includes(name));
  const database = databases.databaseOf(clone?.DBClusterIdentifier ?? '');
  const { socket: socketPath, user, password } = server;
  const connection = await mysql.createConnection({ socketPath, user, password, database });
  try {
    const [columns] = await connection.query<mysql.RowDataPacket[]>(
      `SELECT TABLE_NAME AS t, COLUMN_NAME AS c FROM information_schema.COLUMNS
       WHERE TABLE_SCHEMA = ? AND CHARACTER_MAXIMUM_LENGTH > 8`,
      [database],
    );
    let hits = 0;
    for (const { t, c } of columns) {
      const [rows] = await connection.query<mysql.RowDataPacket[]>('SELECT 1 FROM ?? WHERE ?? IN (?) LIMIT 1', [
        t,
        c,
        originals,
      ]);
      hits += rows.length;
    }
    return hits;
  } finally {
    await connection.end();
  }
}
