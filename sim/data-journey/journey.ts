import { DescribeDBClustersCommand } from '@aws-sdk/client-rds';
import mysql from 'mysql2/promise';
import { proofProblem } from '../../src/domain/source-proof.ts';
import { leftoversOf } from '../demo/leftovers.ts';
import type { Desk } from './desk.ts';
import { LEAKS, type Leak } from './leaks.ts';
import { type Production, type Stage, until } from './production.ts';
import type { RuleFile } from './rule-file.ts';

export interface Travelling extends Stage {
  readonly production: Production;
  readonly desk: Desk;
  readonly rules: RuleFile;
  /** PEM. */
  readonly publicKey: string;
  /** Told as it comes. */
  readonly tell: (what: string) => void;
}

/** A statement about the world at one point of the journey, and whether it is so. */
export interface Finding {
  readonly step: string;
  readonly ok: boolean;
  /** What was seen. */
  readonly seen: string;
}

/** From production to an environment and back, with whatever must not get through on the way. */
export async function travel(stage: Travelling): Promise<readonly Finding[]> {
  const { production, desk, tell } = stage;
  const findings: Finding[] = [];
  const note = (step: string, ok: boolean, seen: string): void => {
    findings.push({ step, ok, seen });
    tell(`${ok ? '✓' : '✗'} ${step}: ${seen}`);
  };
  const originals = await originalsOf(production);

  await production.snapshot('monday');
  note('refresh', true, await desk.ask('refresh'));
  const first = await desk.inService();
  note('in service, with a genuine passport', isProven(stage, first), first?.id ?? 'none');

  const environment = await cloned(stage, 'first');
  note('cloned', environment.source === first?.id, `${environment.name} is a clone of ${environment.source}`);
  note('its comment', environment.body.includes('masked, passport ✓'), environment.line);
  note('its data', (await found(stage, environment.name, originals)) === 0, `none of ${originals.length} originals`);

  for (const leak of LEAKS) {
    const said = await leakedThrough(stage, leak);
    const stays = (await desk.inService())?.id === first?.id;
    note(leak.name, stays && said.includes(leak.column), lineWith(said, leak.column));
  }

  await stage.rules.change({});
  await production.snapshot('tuesday');
  await desk.ask('refresh');
  const second = await desk.inService();
  note('a second one in service', isProven(stage, second) && second?.id !== first?.id, second?.id ?? 'none');
  const later = await cloned(stage, 'second');
  note('the next environment', later.source === second?.id, `${later.name} is a clone of ${later.source}`);
  const earlier = await sourceOf(stage, environment.name);
  note('the first environment stays', earlier === first?.id, `${environment.name} is a clone of ${earlier}`);

  const outcome = await desk.ask('rollback');
  const back = await desk.inService();
  note('rollback', back?.id === first?.id, outcome);
  for (const { number, name } of [environment, later]) {
    note('removed', (await removed(stage, number, name)).length === 0, name);
  }
  return findings;
}

function isProven({ publicKey }: Travelling, source: Awaited<ReturnType<Desk['inService']>>): boolean {
  return source !== undefined && proofProblem(source.id, source.passport, publicKey) === undefined;
}

/** Refreshes with something planted, and says what the source failed with. */
async function leakedThrough({ production, rules, desk }: Travelling, leak: Leak): Promise<string> {
  await leak.plant(production);
  await rules.change(leak.rules);
  await production.snapshot(`leak-${LEAKS.indexOf(leak) + 1}`);
  await desk.ask('refresh');
  await leak.remove(production);
  return (await desk.newest())?.failure?.message ?? 'nothing failed';
}

function lineWith(text: string, word: string): string {
  return text.split('\n').find((line) => line.includes(word)) ?? text;
}

interface Cloned {
  readonly number: number;
  readonly name: string;
  readonly source: string | undefined;
  /** Of its comment, and the line of that which tells of the database. */
  readonly body: string;
  readonly line: string;
}

async function cloned(stage: Travelling, branch: string): Promise<Cloned> {
  const { cloud } = stage;
  const { github, seed, label } = cloud;
  const place = { repository: seed.repository, actor: seed.people.developer };
  github.actions.push({ ...place, ref: branch, message: branch, files: { 'app/data.js': `${branch}\n` } });
  const { number } = github.actions.openPullRequest({ ...place, head: branch, title: `feat: ${branch}` });
  github.actions.label({ ...place, number, label });
  const body = (): string =>
    [...github.store.repository(seed.repository).comments.values()].find(
      (comment) => comment.number === number && comment.viaApp,
    )?.body ?? '';
  await until(stage, `the environment of #${number}`, () => body().includes('is ready'));
  const line = body()
    .split('\n')
    .find((text) => text.includes('**Database**'));
  const name = `pr-${number}`;
  return { number, name, source: await sourceOf(stage, name), body: body(), line: line ?? '' };
}

/** What the clone of an environment is a clone of, as RDS says: the source of its clone group. */
async function sourceOf({ cloud }: Stage, name: string): Promise<string | undefined> {
  const { DBClusters = [] } = await cloud.clients.rds.send(new DescribeDBClustersCommand({}));
  const own = DBClusters.find(({ DBClusterIdentifier = '' }) => DBClusterIdentifier.includes(name));
  return DBClusters.find(
    (one) => one.CloneGroupId === own?.CloneGroupId && one !== own && one.DBClusterIdentifier?.includes('-source-'),
  )?.DBClusterIdentifier;
}

/** Values of production that nobody must see. */
async function originalsOf({ value }: Production): Promise<readonly string[]> {
  const list = await value(
    `SELECT GROUP_CONCAT(v SEPARATOR '\\n') FROM (
       (SELECT email_address AS v FROM contact_details WHERE CHAR_LENGTH(email_address) > 8 LIMIT 40) UNION
       (SELECT ni_number FROM person WHERE CHAR_LENGTH(ni_number) > 8 LIMIT 40) UNION
       (SELECT recipient_email FROM retrieval_link LIMIT 40)) AS originals`,
  );
  return list.split('\n');
}

/** In how many of the clone's columns of text any of them stands, looked up in all of it by somebody with the server's own rights. */
async function found({ server, databases, cloud }: Stage, name: string, originals: readonly string[]): Promise<number> {
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

async function removed(stage: Travelling, number: number, name: string): Promise<readonly string[]> {
  const { cloud } = stage;
  cloud.github.actions.close({ repository: cloud.seed.repository, actor: cloud.seed.people.developer, number });
  await until(
    stage,
    `nothing of ${name}`,
    async () => (await leftoversOf(name, { clients: cloud.mayflyClients, platform: cloud.platform })).length === 0,
  );
  return await leftoversOf(name, { clients: cloud.mayflyClients, platform: cloud.platform });
}
