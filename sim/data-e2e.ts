import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRunningClock } from './clock.ts';
import { dataBlueprint } from './data-journey/blueprint.ts';
import { openDesk } from './data-journey/desk.ts';
import { type Finding, travel } from './data-journey/journey.ts';
import { FAMILY, makeMaskingTask, PASSWORD_SECRET } from './data-journey/masking-task.ts';
import { type DataOptions, parseOptions, USAGE } from './data-journey/options.ts';
import { openProduction, PRODUCTION } from './data-journey/production.ts';
import { openRuleFile } from './data-journey/rule-file.ts';
import { interruption } from './interruption.ts';
import { startLocalCloud } from './local/local-cloud.ts';
import { type LocalDatabases, localDatabases } from './local/local-databases.ts';
import { SHORT_DURATIONS } from './local/short-durations.ts';
import { startMariaDb } from './mariadb/mariadb-server.ts';
import { startPostgres } from './postgres/embedded-postgres.ts';
import { runProgram } from './program.ts';

/** As a shell says that Ctrl-C ended a program. */
const INTERRUPTED = 130;
const SPEED = 30;

function tell({ step, ok, seen }: Finding): void {
  process.stderr.write(`${ok ? '✓' : '✗'} ${step}: ${seen}\n`);
}

async function journey({ rows }: DataOptions): Promise<readonly Finding[]> {
  const ends: (() => Promise<void>)[] = [];
  try {
    const directory = await mkdtemp(join(tmpdir(), 'mayfly-data-'));
    ends.push(async () => await rm(directory, { recursive: true, force: true }));
    const rules = await openRuleFile(join(directory, 'anonymise.yml'));
    const server = await startMariaDb();
    ends.push(async () => await server.stop());
    const postgres = await startPostgres();
    ends.push(async () => await postgres.stop());
    const databaseUrl = await postgres.createDatabase();
    const { publicKey, privateKey } = signingKeys();
    let databases: LocalDatabases | undefined;
    const cloud = await startLocalCloud({
      clock: createRunningClock({ speed: SPEED }),
      databaseUrl,
      durations: SHORT_DURATIONS,
      buildSeconds: 5,
      blueprint: dataBlueprint(),
      databases: () => databases,
      database: {
        passportPublicKey: publicKey,
        refresh: {
          snapshotsOf: PRODUCTION,
          database: 'app',
          rules: rules.path,
          taskFamily: FAMILY,
          passwordSecret: PASSWORD_SECRET,
        },
      },
    });
    ends.push(async () => await cloud.stop());
    if (!cloud.aws) {
      throw new Error('there is no local AWS');
    }
    const data = await localDatabases({ server, aws: cloud.aws });
    databases = data;
    ends.push(async () => await data.close());
    const stage = { cloud, server, databases: data };
    await makeMaskingTask(stage, { maskKey: randomBytes(32).toString('hex'), signingKey: privateKey });
    const production = await openProduction(stage, { rows });
    const desk = await openDesk(stage, databaseUrl);
    ends.push(async () => await desk.close());
    return await travel({ ...stage, production, desk, rules, publicKey, tell });
  } finally {
    for (const end of ends.reverse()) {
      await end();
    }
  }
}

function signingKeys(): { publicKey: string; privateKey: string } {
  return generateKeyPairSync('ed25519', {
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
}

async function main(options: DataOptions): Promise<number> {
  const beganAt = performance.now();
  const findings = await Promise.race([journey(options), interruption()]);
  if (!findings) {
    return INTERRUPTED;
  }
  const ok = findings.every((finding) => finding.ok);
  const seconds = Math.round((performance.now() - beganAt) / 1000);
  if (options.json) {
    process.stdout.write(`${JSON.stringify({ ok, seconds, findings }, null, 2)}\n`);
  }
  return ok ? 0 : 1;
}

await runProgram({ usage: USAGE, parse: parseOptions, main });
// `embedded-postgres` ends a process that has nothing left to do, and with 0 whatever came of it.
process.exit();
