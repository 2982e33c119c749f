import { playCampaign } from './chaos/campaign/campaign.ts';
import { type CampaignReport, countsOf, foundBy, reportOfCampaign } from './chaos/campaign/report.ts';
import { sample, selected } from './chaos/campaign/selection.ts';
import { startChaosCloud } from './chaos/chaos-cloud.ts';
import { crashMissions } from './chaos/crash-points/crash-missions.ts';
import { faultMissions } from './chaos/faults/fault-missions.ts';
import { runHistories } from './chaos/histories/run-histories.ts';
import { type ChaosOptions, parseOptions, USAGE } from './chaos/options.ts';
import { type ReferenceRequest, recordReference } from './chaos/reference/reference-run.ts';
import type { Mission } from './chaos/rounds/mission.ts';
import { laySiege } from './chaos/siege/siege.ts';
import { interruption } from './interruption.ts';
import { type PostgresServer, startPostgres } from './postgres/embedded-postgres.ts';
import { runProgram } from './program.ts';

/** As a shell says that Ctrl-C ended a program. */
const INTERRUPTED = 130;
/** A round of each, a minute in all. */
const SAMPLE_SIZE = 24;
const SPEED = 30;

const CAMPAIGNS = [
  { name: 'crashPoints', option: '--crash-points', missionsOf: crashMissions },
  { name: 'faults', option: '--faults', missionsOf: faultMissions },
] as const;

interface Run {
  readonly options: ChaosOptions;
  readonly postgres: PostgresServer;
  readonly log: (line: string) => void;
  readonly signal: AbortSignal;
}

async function recorded({ postgres }: Run): Promise<readonly ReferenceRequest[]> {
  const cloud = await startChaosCloud({ databaseUrl: await postgres.createDatabase(), speed: SPEED });
  try {
    return await recordReference(cloud);
  } finally {
    await cloud.stop();
  }
}

function chosen(missions: readonly Mission[], how: 'all' | 'some', { only, seed }: ChaosOptions): readonly Mission[] {
  return how === 'all' ? selected(missions, only) : sample(missions, { seed, size: SAMPLE_SIZE });
}

async function campaigns(run: Run) {
  const { options, log } = run;
  const requests = await recorded(run);
  log(`the reference run has ${requests.length} requests`);
  const reports: Record<string, CampaignReport> = {};
  const found = [];
  for (const { name, option, missionsOf } of CAMPAIGNS) {
    const how = options[name];
    if (how !== 'none') {
      const missions = chosen(missionsOf(requests), how, options);
      log(`${name}: ${missions.length}`);
      const beganAt = performance.now();
      const result = await playCampaign(missions, run);
      reports[name] = reportOfCampaign(missions, result, (performance.now() - beganAt) / 1000);
      found.push(...foundBy(option, result));
    }
  }
  return { requests: countsOf(requests), reports, found };
}

async function played(run: Run) {
  const beganAt = performance.now();
  const { options, log, signal } = run;
  const { runs, seed, history, crashPoints, faults, siege: seconds } = options;
  const isCampaign = crashPoints !== 'none' || faults !== 'none';
  const { requests, reports, found } = isCampaign ? await campaigns(run) : { requests: {}, reports: {}, found: [] };
  for (const { what, again } of found) {
    log(`${what}\n         again: ${again.join('\n                ')}`);
  }
  const siege = seconds > 0 ? await laySiege({ seconds, seed, postgres: run.postgres, log, signal }) : undefined;
  const histories = await runHistories({ runs, seed, log, signal, ...(history && { histories: [history] }) });
  return {
    seed,
    violations: found.length + histories.violations + (siege?.violations ?? 0),
    requests,
    ...reports,
    histories,
    ...(siege && { siege }),
    uncovered: Object.values(reports).flatMap((report) => report.uncovered).length,
    found,
    seconds: Math.round((performance.now() - beganAt) / 1000),
  };
}

async function main(options: ChaosOptions): Promise<number> {
  const interrupted = new AbortController();
  void interruption().then(() => interrupted.abort());
  const beganAt = performance.now();
  const log = (line: string): void => {
    process.stderr.write(`${((performance.now() - beganAt) / 1000).toFixed(0).padStart(5)} s  ${line}\n`);
  };
  const postgres = await startPostgres();
  try {
    const result = await played({ options, postgres, log, signal: interrupted.signal });
    const { violations, uncovered, seconds } = result;
    log(`${violations} violations, ${uncovered} points not reached, ${seconds} seconds`);
    process.stdout.write(options.json ? `${JSON.stringify(result, null, 2)}\n` : '');
    if (interrupted.signal.aborted) {
      return INTERRUPTED;
    }
    return violations + uncovered === 0 ? 0 : 1;
  } finally {
    await postgres.stop();
  }
}

await runProgram({ usage: USAGE, parse: parseOptions, main });
// `embedded-postgres` ends a process that has nothing left to do, and with 0 whatever came of it.
process.exit();
