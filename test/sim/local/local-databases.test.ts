import {
  CreateDBClusterSnapshotCommand,
  DeleteDBClusterCommand,
  DeleteDBClusterSnapshotCommand,
  ModifyDBClusterCommand,
  RestoreDBClusterFromSnapshotCommand,
} from '@aws-sdk/client-rds';
import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import mysql, { type RowDataPacket } from 'mysql2/promise';
import { localDatabaseUsers } from '../../../sim/local/local-database-users.ts';
import { type LocalDatabases, localDatabases } from '../../../sim/local/local-databases.ts';
import { type MariaDbServer, startMariaDb } from '../../../sim/mariadb/mariadb-server.ts';
import { describeOnMariaDb } from '../../support/mariadb.ts';
import { type Aurora, startAurora } from '../aws/rds/aurora.ts';

let server: MariaDbServer;
beforeAll(async () => {
  server = await startMariaDb();
}, 60_000);
afterAll(async () => await server.stop());

let aurora: Aurora;
let databases: LocalDatabases;
beforeEach(async () => {
  aurora = await startAurora();
  databases = await localDatabases({ server, aws: aurora.aws });
});

async function query(database: string, ...statements: string[]): Promise<RowDataPacket[]> {
  const { socket: socketPath, user, password } = server;
  const connection = await mysql.createConnection({ socketPath, user, password, database });
  try {
    let rows: RowDataPacket[] = [];
    for (const statement of statements) {
      [rows] = await connection.query<RowDataPacket[]>(statement);
    }
    return rows;
  } finally {
    await connection.end();
  }
}

/** As a client of the cluster would, with nothing but the endpoint. */
async function connectTo(id: string, changes: { password?: string } = {}) {
  const { Endpoint = '' } = await aurora.cluster(id);
  const { host, port, user, password, database } = databases.addressOf(Endpoint) ?? {};
  return await mysql.createConnection({ host, port, user, password, database, ...changes } as mysql.ConnectionOptions);
}

const SOURCE = [
  'CREATE TABLE `odd ``name` (id INT AUTO_INCREMENT PRIMARY KEY, said VARCHAR(40), bytes VARBINARY(4), doubled INT AS (id * 2))',
  "INSERT INTO `odd ``name` (id, said, bytes) VALUES (7, 'Dŵr 🚰 \"quoted\"', x'00ff0a1a'), (9, NULL, NULL)",
  'CREATE VIEW seen AS SELECT id, said FROM `odd ``name`',
  "CREATE TRIGGER stamp BEFORE INSERT ON `odd ``name` FOR EACH ROW SET NEW.said = CONCAT(NEW.said, '!')",
  'CREATE PROCEDURE counted() SELECT COUNT(*) AS rows_there FROM `odd ``name`',
];

async function snapshot(id: string): Promise<void> {
  await aurora.rds.send(
    new CreateDBClusterSnapshotCommand({ DBClusterIdentifier: 'golden', DBClusterSnapshotIdentifier: id }),
  );
  aurora.clock.advance(aurora.world.durations.snapshotCreated);
  await databases.settled();
}

async function restore(id: string, from: string): Promise<void> {
  await aurora.rds.send(
    new RestoreDBClusterFromSnapshotCommand({
      DBClusterIdentifier: id,
      SnapshotIdentifier: from,
      Engine: 'aurora-mysql',
      ServerlessV2ScalingConfiguration: { MinCapacity: 0, MaxCapacity: 1 },
    }),
  );
  aurora.clock.advance(aurora.world.durations.snapshotRestored);
  await databases.settled();
  await aurora.addInstance(`${id}-1`, id);
}

async function clone(id: string): Promise<void> {
  await aurora.clone(id);
  aurora.clock.advance(aurora.world.durations.cloneClusterAvailable);
  await databases.settled();
  await aurora.addInstance(`${id}-1`, id);
}

describeOnMariaDb('the data behind a cluster', () => {
  it('is what a snapshot froze: rows, views, triggers and routines, whatever was changed since', async () => {
    await query(databases.databaseOf('golden'), ...SOURCE);
    await snapshot('before');
    await query(databases.databaseOf('golden'), 'DELETE FROM `odd ``name`', 'DROP VIEW seen');
    await restore('masked', 'before');
    const connection = await connectTo('masked');
    await connection.query("INSERT INTO `odd ``name` (said) VALUES ('new')");
    const [rows] = await connection.query('SELECT * FROM `odd ``name` ORDER BY id');
    expect(rows).toEqual([
      { id: 7, said: 'Dŵr 🚰 "quoted"', bytes: Buffer.from('00ff0a1a', 'hex'), doubled: 14 },
      { id: 9, said: null, bytes: null, doubled: 18 },
      { id: 10, said: 'new!', bytes: null, doubled: 20 },
    ]);
    const [seen] = await connection.query('SELECT id FROM seen ORDER BY id');
    expect(seen).toEqual([{ id: 7 }, { id: 9 }, { id: 10 }]);
    const [called] = await connection.query('CALL counted()');
    expect(called).toContainEqual([{ rows_there: 3 }]);
    await connection.end();
    expect(await query(databases.databaseOf('golden'), 'SELECT COUNT(*) AS n FROM `odd ``name`')).toEqual([{ n: 0 }]);
  });

  it("is a clone's own from the moment it was cloned, and runs as the clone's master", async () => {
    const golden = await connectTo('golden');
    for (const statement of SOURCE) {
      await golden.query(statement);
    }
    await clone('pr-7');
    await golden.query('DELETE FROM `odd ``name`');
    await golden.end();
    await aurora.deleteInstance('golden-1');
    await aurora.rds.send(new DeleteDBClusterCommand({ DBClusterIdentifier: 'golden', SkipFinalSnapshot: true }));
    aurora.clock.advance(aurora.world.durations.instanceDeleted + aurora.world.durations.clusterDeleted);
    await databases.settled();
    const connection = await connectTo('pr-7');
    const [rows] = await connection.query('SELECT id FROM seen ORDER BY id');
    expect(rows).toEqual([{ id: 7 }, { id: 9 }]);
    await connection.end();
  });

  it('opens to the password of the cluster alone, which another one does not follow', async () => {
    await clone('pr-7');
    await aurora.rds.send(
      new ModifyDBClusterCommand({
        DBClusterIdentifier: 'pr-7',
        MasterUserPassword: 'clone-of-\\its-own',
        ApplyImmediately: true,
      }),
    );
    aurora.clock.advance(aurora.world.durations.modifyLag + aurora.world.durations.clusterModified);
    await databases.settled();
    expect((await aurora.cluster('pr-7')).Status).toBe('available');
    await expect(connectTo('pr-7', { password: 'golden-password' })).rejects.toThrow('Access denied');
    for (const { id, password } of [
      { id: 'pr-7', password: 'clone-of-\\its-own' },
      { id: 'golden', password: 'golden-password' },
    ]) {
      await (await connectTo(id, { password })).end();
    }
  });

  it("is nobody else's: the master of one cluster does not see another's", async () => {
    await clone('pr-7');
    const connection = await connectTo('pr-7');
    const [rows] = await connection.query<RowDataPacket[]>('SHOW DATABASES');
    expect(rows.map(({ Database: name }) => name)).not.toContain(databases.databaseOf('golden'));
    await connection.query('CREATE DATABASE mayfly_work');
    await connection.query('DROP DATABASE mayfly_work');
    await connection.end();
  });

  it('has users of its own, by the names that others have too, who go with its cluster', async () => {
    await clone('pr-7');
    const users = localDatabaseUsers(() => databases);
    const addresses = [];
    for (const id of ['golden', 'pr-7']) {
      const { Endpoint: host = '' } = await aurora.cluster(id);
      const master = { host, port: 3306, user: 'admin', password: 'golden-password' };
      await users.give(master, { name: 'mayfly_pr_7', password: `of-${id}`, database: 'shop' });
      addresses.push(databases.addressOf(host, { user: 'mayfly_pr_7', password: `of-${id}` }));
    }
    for (const { host, port, user, password, database } of addresses.filter((address) => address !== undefined)) {
      const connection = await mysql.createConnection({ host, port, user, password, database });
      const [rows] = await connection.query<RowDataPacket[]>('SHOW DATABASES');
      expect(new Set(rows.map(({ Database: name }) => String(name)))).toEqual(
        new Set(['information_schema', database]),
      );
      await connection.end();
    }
    const named = async (): Promise<number> =>
      (await query('mysql', "SELECT User FROM user WHERE User LIKE 'mayfly%'")).length;
    expect([addresses.length, await named()]).toEqual([2, 2]);
    await databases.close();
    expect(await named()).toBe(0);
  });

  it('is whole before the cluster is available', async () => {
    await query(databases.databaseOf('golden'), ...SOURCE);
    await aurora.clone('pr-7');
    aurora.clock.advance(aurora.world.durations.cloneClusterAvailable);
    expect(aurora.world.rds.clusters.get('pr-7')?.status).toBe('creating');
    await databases.settled();
    expect((await aurora.cluster('pr-7')).Status).toBe('available');
  });

  it('is gone with its cluster and its snapshot', async () => {
    await snapshot('before');
    const kept = [databases.databaseOf('golden'), databases.databaseOf('before')];
    await aurora.rds.send(new DeleteDBClusterSnapshotCommand({ DBClusterSnapshotIdentifier: 'before' }));
    await aurora.deleteInstance('golden-1');
    await aurora.rds.send(new DeleteDBClusterCommand({ DBClusterIdentifier: 'golden', SkipFinalSnapshot: true }));
    aurora.clock.advance(aurora.world.durations.instanceDeleted + aurora.world.durations.clusterDeleted);
    await databases.settled();
    const left = (await query('mysql', 'SHOW DATABASES')).map(({ Database: name }) => name);
    expect(left).not.toEqual(expect.arrayContaining(kept.slice(0, 1)));
    expect(left).not.toEqual(expect.arrayContaining(kept.slice(1)));
  });

  it('answers nobody where no instance is up', async () => {
    const { Endpoint = '', ReaderEndpoint = '' } = await aurora.cluster('golden');
    expect(databases.addressOf(`${Endpoint}:3306`)).toMatchObject({ password: 'golden-password' });
    expect(databases.addressOf(ReaderEndpoint)?.database).toBe(databases.databaseOf('golden'));
    await aurora.deleteInstance('golden-1');
    expect(databases.addressOf(Endpoint)).toBeUndefined();
    expect(databases.addressOf('nobody.cluster-x.eu-west-1.rds.amazonaws.com')).toBeUndefined();
  });

  it('fails a clone where it cannot be copied', async () => {
    await query('mysql', `DROP DATABASE ${databases.databaseOf('golden')}`);
    await aurora.clone('pr-7');
    aurora.clock.advance(aurora.world.durations.cloneClusterAvailable);
    await expect(databases.settled()).rejects.toThrow(/mariadb-dump ended with/);
    expect((await aurora.cluster('pr-7')).Status).toBe('cloning-failed');
  });

  it('leaves nothing on the server when the cloud ends', async () => {
    await clone('pr-7');
    const mine = databases.databaseOf('golden').split('_cluster_')[0] ?? '';
    await databases.close();
    const left = (await query('mysql', 'SHOW DATABASES')).map(({ Database: name }) => String(name));
    expect(left.filter((name) => name.startsWith(mine))).toEqual([]);
  });
});
