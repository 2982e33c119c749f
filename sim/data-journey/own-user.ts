import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import mysql, { type RowDataPacket } from 'mysql2/promise';
import { PRODUCTION, type Stage } from './production.ts';

export interface OwnUser {
  readonly name: string;
  /** Rows of a table of its clone that it reads. */
  readonly rows: number;
  /** Whether it reads what is no environment's. */
  readonly readsProduction: boolean;
}

/** What an environment's services come to their clone as, and what they get there. */
export async function ownUserOf(stage: Stage, environment: string): Promise<OwnUser> {
  const { cloud, databases } = stage;
  const { SecretString = '{}' } = await cloud.clients.secrets.send(
    new GetSecretValueCommand({ SecretId: `${cloud.platform.name}/${environment}/database-user` }),
  );
  const { host, username, password } = JSON.parse(SecretString) as Record<'host' | 'username' | 'password', string>;
  const address = databases.addressOf(host, { user: username, password });
  if (!address) {
    throw new Error(`nothing answers at ${host}`);
  }
  const { socket: socketPath, user, database } = address;
  const connection = await mysql.createConnection({ socketPath, user, password, database });
  const count = async (table: string): Promise<number> => {
    const [[row]] = await connection.query<RowDataPacket[]>(`SELECT COUNT(*) AS rows_there FROM ${table}`);
    return Number(row?.['rows_there']);
  };
  try {
    const readsProduction = await count(`${databases.databaseOf(PRODUCTION)}.person`).then(
      () => true,
      () => false,
    );
    return { name: username, rows: await count('person'), readsProduction };
  } finally {
    await connection.end();
  }
}
