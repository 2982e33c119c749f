import {
  CreateDBClusterCommand,
  CreateDBClusterSnapshotCommand,
  CreateDBInstanceCommand,
  DescribeDBClusterSnapshotsCommand,
  DescribeDBClustersCommand,
} from '@aws-sdk/client-rds';
import mysql from 'mysql2/promise';
import { createLicensingData } from '../licensing-data/licensing-data.ts';
import type { LocalCloud } from '../local/local-cloud.ts';
import type { LocalDatabases } from '../local/local-databases.ts';
import type { MariaDbServer } from '../mariadb/mariadb-server.ts';

/** The cluster whose snapshots are taken. */
export const PRODUCTION = 'production';

/** Production, with people in it that nobody made up but a generator. */
export interface Production {
  /** Runs a statement in it, as its application would. */
  change(sql: string): Promise<void>;
  value(sql: string): Promise<string>;
  /** Takes a snapshot, and resolves when it can be restored. */
  snapshot(name: string): Promise<void>;
}

export interface Stage {
  readonly cloud: LocalCloud;
  readonly server: MariaDbServer;
  readonly databases: LocalDatabases;
}

/** Makes the cluster, and fills it: `rows` in each of its big tables. */
export async function openProduction(stage: Stage, { rows }: { rows: number }): Promise<Production> {
  await makeCluster(stage);
  const query = await connected(stage, stage.databases.databaseOf(PRODUCTION));
  // A master sees all that is in its cluster. Here that is told by the rules, which keep what is of other clusters.
  await query('GRANT SHOW DATABASES ON *.* TO PUBLIC');
  await createLicensingData(async (sql) => void (await query(sql)), { rows, seed: 1 });
  const { rds } = stage.cloud.clients;
  return {
    change: async (sql) => void (await query(sql)),
    async value(sql) {
      const [row] = await query(sql);
      return String(Object.values(row ?? {})[0]);
    },
    async snapshot(name) {
      await rds.send(
        new CreateDBClusterSnapshotCommand({ DBClusterIdentifier: PRODUCTION, DBClusterSnapshotIdentifier: name }),
      );
      await until(stage, `the snapshot ${name}`, async () => {
        const named = new DescribeDBClusterSnapshotsCommand({ DBClusterSnapshotIdentifier: name });
        return (await rds.send(named)).DBClusterSnapshots?.[0]?.Status === 'available';
      });
    },
  };
}

async function makeCluster(stage: Stage): Promise<void> {
  const { clients, platform } = stage.cloud;
  const { subnetGroup, securityGroupIds } = platform.database;
  await clients.rds.send(
    new CreateDBClusterCommand({
      DBClusterIdentifier: PRODUCTION,
      Engine: 'aurora-mysql',
      EngineVersion: '8.0.mysql_aurora.3.12.0',
      MasterUsername: 'admin',
      MasterUserPassword: 'of-the-local-production',
      DBSubnetGroupName: subnetGroup,
      VpcSecurityGroupIds: [...securityGroupIds],
      ServerlessV2ScalingConfiguration: { MinCapacity: 0.5, MaxCapacity: 4 },
    }),
  );
  await until(stage, 'production', async () => {
    const named = new DescribeDBClustersCommand({ DBClusterIdentifier: PRODUCTION });
    return (await clients.rds.send(named)).DBClusters?.[0]?.Status === 'available';
  });
  await clients.rds.send(
    new CreateDBInstanceCommand({
      DBInstanceIdentifier: `${PRODUCTION}-1`,
      DBClusterIdentifier: PRODUCTION,
      DBInstanceClass: 'db.serverless',
      Engine: 'aurora-mysql',
    }),
  );
}

type Query = (sql: string) => Promise<readonly object[]>;

/** On one session, which ends with the server. */
async function connected({ server }: Pick<Stage, 'server'>, database: string): Promise<Query> {
  const { socket: socketPath, user, password } = server;
  const connection = await mysql.createConnection({ socketPath, user, password, database, supportBigNumbers: true });
  connection.on('error', () => undefined);
  return async (sql) => {
    const [rows] = await connection.query(sql);
    return Array.isArray(rows) ? (rows as object[]) : [];
  };
}

/** Simulated: longer than everything that is waited for here, unless it never comes. */
const LONGEST_SECONDS = 7200;
/** Real: what a machine that is busy with other things may take. */
const LONGEST_REAL_MS = 300_000;

export async function until(
  { cloud: { clock } }: Pick<Stage, 'cloud'>,
  what: string,
  isSo: () => Promise<boolean> | boolean,
): Promise<void> {
  const simulated = clock.now().getTime() + LONGEST_SECONDS * 1000;
  const real = performance.now() + LONGEST_REAL_MS;
  while (!(await isSo())) {
    if (clock.now().getTime() > simulated && performance.now() > real) {
      throw new Error(`${what} did not come about`);
    }
    await clock.sleep(5);
  }
}
