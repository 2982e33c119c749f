import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import { type MariaDbServer, startMariaDb } from '../../../sim/mariadb/mariadb-server.ts';
import { passportProblem } from '../../../src/domain/passport.ts';
import { describeOnMariaDb } from '../../support/mariadb.ts';
import { randomNumbers } from '../../support/random-numbers.ts';
import {
  anonymise,
  ask,
  copyOf,
  createLicensing,
  type Desk,
  differences,
  dump,
  type Ended,
  forget,
  giveUp,
  hasWorkDatabase,
  KEY,
  LICENSING_RULES,
  type Order,
  openDesk,
  type Running,
  start,
} from './stranger.ts';

const OPTIONS = ['--as-of', '2026-11-26', '--source', 'a snapshot', '--chunk-rows', '20'];
const SEED = 3;

describeOnMariaDb('a run of the licensing rules', () => {
  let server: MariaDbServer;
  let desk: Desk;
  let original: string;
  let undisturbed: string;
  /** Lines that an undisturbed run says. */
  let lines = 0;
  const order = (database: string, other: Partial<Order> = {}): Order => ({
    database,
    rules: LICENSING_RULES,
    args: OPTIONS,
    ...other,
  });
  beforeAll(async () => {
    server = await startMariaDb({ durable: true });
    desk = await openDesk();
    const database = await createLicensing(server, 120);
    original = await dump(server, database);
    const { code, stderr } = await anonymise(server, desk, order(database));
    expect(code).toBe(0);
    lines = stderr.split('\n').length;
    undisturbed = await dump(server, database);
  }, 120_000);
  afterEach(async () => await forget(server));
  afterAll(async () => {
    await server.stop();
    await desk.close();
  });

  async function expectUndisturbed(database: string, { code, passport, stderr }: Ended): Promise<void> {
    expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
    expect(differences(await dump(server, database), undisturbed)).toEqual([]);
    expect(passport && passportProblem(passport)).toBeUndefined();
    expect(passport?.source).toBe('a snapshot');
    expect(await hasWorkDatabase(server)).toBe(false);
  }

  it(`ends byte for byte as one that nobody disturbed, killed ten times (seed ${SEED})`, async () => {
    const database = await copyOf(server, original);
    const random = randomNumbers(SEED);
    for (let kills = 0; kills < 10; ) {
      const running = start(server, desk, order(database));
      // Ten of them are less than a whole run: whoever is through is not to begin anew.
      await said(running, 1 + Math.floor((random() * lines) / 12));
      await running.ended('SIGKILL');
      kills += 1;
    }
    await expectUndisturbed(database, await anonymise(server, desk, order(database)));
  }, 120_000);

  it('waits for a server that is killed and started again, in the same process', async () => {
    const database = await copyOf(server, original);
    const random = randomNumbers(SEED + 1);
    const running = start(server, desk, order(database));
    for (let from = 0, strikes = 0; strikes < 3; strikes += 1) {
      from += 1 + Math.floor((random() * lines) / 4);
      await said(running, from);
      await server.kill();
      await server.start();
    }
    await expectUndisturbed(database, await running.result);
  }, 120_000);

  it('goes on where a server and the run died together', async () => {
    const database = await copyOf(server, original);
    const random = randomNumbers(SEED + 2);
    for (let strikes = 0; strikes < 2; strikes += 1) {
      const running = start(server, desk, order(database));
      await said(running, 1 + Math.floor((random() * lines) / 3));
      await Promise.all([server.kill(), running.ended('SIGKILL')]);
      await server.start();
    }
    await expectUndisturbed(database, await anonymise(server, desk, order(database)));
  }, 120_000);

  it('ends with 143 when it is told to, says so, and is gone on with', async () => {
    const database = await copyOf(server, original);
    for (const place of ['untriggered:', 'masked vehicle:', 'whole:']) {
      const running = start(server, desk, order(database));
      await running.says(place, 'stderr');
      const before = running.stderr().split('\n').length;
      expect(await running.ended('SIGTERM')).toBe(143);
      const [last, ...rest] = running
        .stderr()
        .trimEnd()
        .split('\n')
        .slice(before - 1)
        .toReversed();
      expect(last).toBe('interrupted: the same command goes on where this one ended');
      expect(rest.length).toBeLessThan(10);
    }
    await expectUndisturbed(database, await anonymise(server, desk, order(database)));
  }, 120_000);

  it('refuses another key or other rules until it is over, and changes nothing', async () => {
    const database = await copyOf(server, original);
    const running = start(server, desk, order(database));
    await said(running, Math.floor(lines / 2));
    await running.ended('SIGKILL');
    const before = await dump(server, database);
    const otherRules = await desk.file(
      'other.yml',
      `${await desk.read(LICENSING_RULES)}\n  - { name: one, sql: SELECT 1, equals: 1 }\n`,
    );
    expect(await anonymise(server, desk, order(database, { key: `${KEY}!` }))).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('A run that was interrupted has another key.'),
    });
    expect(await anonymise(server, desk, order(database, { rules: otherRules }))).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('A run that was interrupted has another rule set.'),
    });
    expect(differences(await dump(server, database), before)).toEqual([]);
    await expectUndisturbed(database, await anonymise(server, desk, order(database)));
  }, 60_000);

  it('can be given up: nothing of it is left, triggers and rows are back, and it says what must not be used', async () => {
    const database = await copyOf(server, original);
    const running = start(server, desk, order(database));
    await running.says('masked vehicle:', 'stderr');
    await running.ended('SIGKILL');
    expect(await giveUp(server, database)).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/\nthe data is half masked, and must not be used: restore the database\n$/),
    });
    // What the rules empty counts from 1 again.
    const schema = async (of: string) =>
      (await dump(server, of, ['--no-data', '--triggers'])).replaceAll(/ AUTO_INCREMENT=\d+/g, '');
    expect(differences(await schema(database), await schema(await copyOf(server, original)))).toEqual([]);
    expect(await ask(server, database, 'SELECT COUNT(*) AS n FROM vehicle')).toEqual([{ n: 120 }]);
    expect(await hasWorkDatabase(server)).toBe(false);
    expect(await giveUp(server, database)).toMatchObject({ code: 0, stderr: 'there is no run to give up\n' });
  }, 60_000);

  it('refuses a second run while it runs', async () => {
    const database = await copyOf(server, original);
    const running = start(server, desk, order(database));
    await said(running, 12);
    process.kill(running.pid ?? 0, 'SIGSTOP');
    const second = await anonymise(server, desk, order(database));
    process.kill(running.pid ?? 0, 'SIGCONT');
    expect(second).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('Another run is masking on this server.'),
    });
    await expectUndisturbed(database, await running.result);
  }, 60_000);

  it('ends the same with other workers and chunks, and differently with another key', async () => {
    const dumps: string[] = [];
    for (const args of [['--workers', '1'], ['--workers', '4', '--chunk-rows', '7'], []]) {
      const database = await copyOf(server, original);
      expect(
        await anonymise(server, desk, order(database, { args: ['--as-of', '2026-11-26', ...args] })),
      ).toMatchObject({ code: 0 });
      dumps.push(await dump(server, database));
    }
    expect(dumps.map((each) => differences(each, undisturbed))).toEqual([[], [], []]);
    const database = await copyOf(server, original);
    expect(await anonymise(server, desk, order(database, { key: `${KEY}!` }))).toMatchObject({ code: 0 });
    expect(differences(await dump(server, database), undisturbed)).toHaveLength(5);
  }, 60_000);
});

/** Resolves when it has said so many lines, or has ended. */
async function said(running: Running, lines: number): Promise<void> {
  const end = running.result.then(() => true);
  const enough = () => running.stderr().split('\n').length > lines;
  while (!enough() && !(await Promise.race([end, new Promise((resolve) => setTimeout(resolve, 2))]))) {
    // Looks again.
  }
}
