import { CreateDBClusterCommand } from '@aws-sdk/client-rds';
import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { TerminalError, TransientError } from '../../src/domain/failure.ts';
import { createDatabaseUserProvisioner } from '../../src/provision/aws/database-user.ts';
import type { DatabasePlace } from '../../src/reconcile/database/database-look.ts';
import type { SchemaUser } from '../../src/reconcile/database/database-users.ts';
import type { Desired, Provisioner } from '../../src/reconcile/provisioner.ts';
import { type LocalCloud, startLocalCloud } from '../contract/local-cloud.ts';
import { SPECIMENS } from '../contract/specimens.ts';
import { createScene, type Scene } from '../contract/stage.ts';
import { interferedClients } from '../invariants/interfered-clients.ts';

type Wanted = Desired<'database-user'>;

let cloud: LocalCloud;
/** The users of the database behind the clone, with who asked for each. */
let made: (SchemaUser & { readonly by: DatabasePlace })[];
/** What the next ones who ask meet, first in, first out. */
let troubles: Error[];
beforeEach(async () => {
  made = [];
  troubles = [];
  cloud = await startLocalCloud();
}, 60_000);
afterEach(async () => {
  await cloud.close();
});

const users = {
  async give(by: DatabasePlace, user: SchemaUser) {
    const trouble = troubles.shift();
    if (trouble) {
      return await Promise.reject(trouble);
    }
    made = [...made.filter(({ name }) => name !== user.name), { ...user, by }];
    return await Promise.resolve();
  },
};

interface Stand {
  readonly scene: Scene;
  readonly desired: Wanted;
  readonly provisioner: Provisioner<'database-user'>;
}

async function stand(): Promise<Stand> {
  const scene = createScene(cloud);
  const desired = await SPECIMENS['database-user'].desire(scene);
  return {
    scene,
    desired,
    provisioner: createDatabaseUserProvisioner({ ...cloud.mayflyClients, users, clock: cloud.clock }),
  };
}

/** One look and, where it is due, one step. */
async function step({ provisioner, desired }: Stand) {
  const seen = await provisioner.observe(desired);
  const isDue = seen.state === 'absent' || seen.state === 'drifted';
  return isDue ? await provisioner.ensure(desired, seen) : seen;
}

async function secretOf(name: string): Promise<Record<string, unknown>> {
  const { SecretString = '' } = await cloud.clients.secrets.send(new GetSecretValueCommand({ SecretId: name }));
  return JSON.parse(SecretString) as Record<string, unknown>;
}

const LOST = new TransientError('ConnectionLost', 'the connection to the server is lost');

describe('database-user', () => {
  it('is made by the master of the clone, and its secret has what the master’s has', async () => {
    const at = await stand();
    const reached = await step(at);
    const secret = await secretOf(at.desired.name);
    const master = await secretOf(at.desired.spec.masterSecretName);
    expect(reached).toMatchObject({ state: 'ready', outputs: { secretArn: expect.stringContaining('db-user') } });
    expect(secret).toEqual({
      host: at.desired.spec.endpoint,
      port: 3306,
      dbname: 'app',
      username: 'mayfly_pr_7',
      password: expect.stringMatching(/^[A-Za-z0-9]{40}$/),
    });
    expect(secret['password']).not.toBe(master['password']);
    const by = { host: at.desired.spec.endpoint, port: 3306, user: 'admin', password: master['password'] };
    expect(made).toEqual([{ name: 'mayfly_pr_7', password: secret['password'], database: 'app', by }]);
    expect(JSON.stringify(reached)).not.toContain(secret['password']);
  });

  it('is not asked for by a look: that would wake the clone', async () => {
    const at = await stand();
    await step(at);
    troubles = [LOST];
    expect(await at.provisioner.observe(at.desired)).toMatchObject({ state: 'ready' });
    expect(troubles).toEqual([LOST]);
  });

  it('has the password of its secret, before whichever call the process dies', async () => {
    const interfered = interferedClients(cloud.mayflyClients);
    const provisioner = createDatabaseUserProvisioner({ ...interfered.clients, users, clock: cloud.clock });
    const died: string[] = [];
    for (let dying = 0; ; dying += 1) {
      const at = { ...(await stand()), provisioner };
      made = [];
      interfered.sent.length = 0;
      interfered.before = ({ operation }, index) => {
        if (index === dying) {
          died.push(operation);
          throw Object.assign(new Error('dies'), { code: 'ECONNRESET' });
        }
      };
      await provisioner.ensure(at.desired, { state: 'absent' }).catch(() => undefined);
      interfered.before = () => undefined;
      if (died.length === dying) {
        break;
      }
      const before = await secretOf(at.desired.name).catch(() => undefined);
      expect(await step(at)).toMatchObject({ state: 'ready' });
      const after = await secretOf(at.desired.name);
      expect(after).toEqual(before ?? after);
      expect(made).toMatchObject([{ password: after['password'] }]);
    }
    expect(died).toEqual(['DescribeDBClusters', 'DescribeSecret', 'CreateSecret', 'GetSecretValue', 'TagResource']);
  }, 30_000);

  it('has the password of its secret when the process dies in the database', async () => {
    const at = await stand();
    troubles = [new Error('killed')];
    await expect(step(at)).rejects.toThrow('killed');
    const before = await secretOf(at.desired.name);
    expect(await step(at)).toMatchObject({ state: 'ready' });
    expect(await secretOf(at.desired.name)).toEqual(before);
    expect(made).toMatchObject([{ password: before['password'] }]);
  });

  it('waits for a clone that wakes, says after two minutes what has to be done, and goes on by itself once it is', async () => {
    const at = await stand();
    troubles = Array.from({ length: 4 }, () => LOST);
    for (const seconds of [0, 30, 89]) {
      cloud.clock.advance(seconds);
      expect(await step(at)).toEqual({
        state: 'pending',
        outputs: { secretArn: expect.stringContaining('db-user') },
        waitingFor: 'the database clone to answer',
        requeueAfterSeconds: 10,
      });
    }
    cloud.clock.advance(1);
    await expect(step(at)).rejects.toMatchObject({
      name: 'TerminalError',
      reason: 'DatabaseUnreachable',
      actor: 'operator',
      message: `Mayfly cannot reach the database clone \`${at.desired.spec.clusterIdentifier}\` at port 3306, to make its user \`mayfly_pr_7\`: the connection to the server is lost. The security group of clones has to let Mayfly in at that port; without a way there, set \`database.credentials\` to \`secret\`.`,
    });
    expect(await step(at)).toMatchObject({ state: 'ready' });
  });

  it('goes on waiting for a server that answers and is busy', async () => {
    const at = await stand();
    const busy = new TransientError('TooManyConnections', 'the server takes no more connections at the moment');
    troubles = [busy, busy];
    expect(await step(at)).toMatchObject({ state: 'pending' });
    cloud.clock.advance(121);
    await expect(step(at)).rejects.toBe(busy);
    expect(await step(at)).toMatchObject({ state: 'ready' });
  });

  it('says at once what the server refuses', async () => {
    const at = await stand();
    troubles = [new TerminalError('AccessDenied', 'the server refuses this user', { actor: 'operator' })];
    await expect(step(at)).rejects.toMatchObject({
      reason: 'DatabaseUserRefused',
      actor: 'operator',
      message: `The database clone \`${at.desired.spec.clusterIdentifier}\` made no user \`mayfly_pr_7\`: the server refuses this user.`,
    });
    expect(await step(at)).toMatchObject({ state: 'ready' });
  });

  it('is made again, with the same password, in a clone that was made anew under the same name', async () => {
    const at = await stand();
    await step(at);
    const before = await secretOf(at.desired.name);
    made = [];
    const cluster = cloud.aws.world.rds.clusters.get(at.desired.spec.clusterIdentifier);
    Object.assign(cluster ?? {}, { resourceId: 'cluster-MADEANEW' });
    expect(await at.provisioner.observe(at.desired)).toMatchObject({ drift: ['the user of the clone'] });
    expect(await step(at)).toMatchObject({ state: 'ready' });
    expect(made).toMatchObject([{ password: before['password'] }]);
  });

  it('is given another schema with the same password, also when the process died after it wrote the secret', async () => {
    const at = await stand();
    await step(at);
    const before = await secretOf(at.desired.name);
    const moved = { ...at, desired: { ...at.desired, spec: { ...at.desired.spec, databaseName: 'shop' } } };
    troubles = [LOST, LOST];
    expect(await step(moved)).toMatchObject({ state: 'pending' });
    expect(await secretOf(at.desired.name)).toEqual({ ...before, dbname: 'shop' });
    expect(await at.provisioner.observe(moved.desired)).toMatchObject({ drift: ['content'] });
    cloud.clock.advance(121);
    await expect(step(moved)).rejects.toMatchObject({ reason: 'DatabaseUnreachable' });
    expect(await step(moved)).toMatchObject({ state: 'ready' });
    expect(made).toMatchObject([{ password: before['password'], database: 'shop' }]);
  });

  it('waits for a master that has a password', async () => {
    const at = await stand();
    const early = { ...at.desired, spec: { ...at.desired.spec, masterSecretName: 'mayfly/pr-7/not-there-yet' } };
    await expect(step({ ...at, desired: early })).rejects.toMatchObject({ name: 'TransientError', reason: 'NotReady' });
    expect(made).toEqual([]);
  });

  it("is not made in somebody else's cluster", async () => {
    const at = await stand();
    await cloud.clients.rds.send(
      new CreateDBClusterCommand({
        DBClusterIdentifier: 'theirs',
        Engine: 'aurora-mysql',
        MasterUsername: 'admin',
        MasterUserPassword: 'theirs-alone',
      }),
    );
    const theirs = { ...at.desired, spec: { ...at.desired.spec, clusterIdentifier: 'theirs' } };
    await expect(step({ ...at, desired: theirs })).rejects.toMatchObject({ reason: 'NameTaken' });
    expect(made).toEqual([]);
  });
});
