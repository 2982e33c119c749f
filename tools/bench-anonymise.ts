import { runProgram } from '../sim/program.ts';
import { floor } from './bench-anonymise/floor.ts';
import { masked } from './bench-anonymise/masked.ts';
import { type BenchOptions, parseOptions, USAGE } from './bench-anonymise/options.ts';
import {
  type FloorRun,
  linesOf,
  type MaskedRun,
  type Measured,
  reportOf,
  settingsOf,
} from './bench-anonymise/report.ts';
import { openStage, type Stage } from './bench-anonymise/stage.ts';

function tell(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** The sides take turns at going first, as whatever the first leaves in the server's memory is the second's. */
async function measure(stage: Stage, rows: number, options: BenchOptions): Promise<Measured> {
  const { runs, workers, seed, tables } = options;
  tell(`${rows} rows are made`);
  await stage.fill(rows, seed);
  const floors: FloorRun[] = [];
  const maskings: MaskedRun[] = [];
  const sides = [
    async () => {
      const task = { address: stage.address, database: await stage.freshCopy(), workers, tables };
      const { result, processorSeconds } = await timed(stage, async () => await floor(task));
      floors.push({ seconds: result, processorSeconds });
      tell(`the floor took ${result.toFixed(1)} s`);
    },
    async () => {
      const task = { address: stage.address, database: await stage.freshCopy(), workers, tables };
      const { result, processorSeconds } = await timed(stage, async () => await masked(task));
      maskings.push({ ...result, processorSeconds });
      tell(`the anonymiser took ${result.seconds.toFixed(1)} s`);
    },
  ];
  for (let run = 0; run < runs; run += 1) {
    for (const side of run % 2 === 0 ? sides : sides.toReversed()) {
      await side();
    }
  }
  return { rows, bytes: await stage.bytes(), floor: floors, masked: maskings };
}

async function timed<T>(
  stage: Stage,
  work: () => Promise<T>,
): Promise<{ readonly result: T; readonly processorSeconds: number | undefined }> {
  const before = await stage.processorSeconds();
  const result = await work();
  const after = await stage.processorSeconds();
  return { result, processorSeconds: before === undefined || after === undefined ? undefined : after - before };
}

async function main(options: BenchOptions): Promise<number> {
  const stage = await openStage(options.tables);
  try {
    const settings = settingsOf({ ...options, version: stage.version });
    const reports = [];
    for (const rows of options.rows) {
      reports.push(reportOf(await measure(stage, rows, options)));
    }
    const text = [...reports.map(linesOf), ...settings.measured, `${settings.server}, ${settings.settings.join(' ')}`];
    process.stdout.write(`${options.json ? JSON.stringify({ ...settings, reports }, null, 2) : text.join('\n')}\n`);
    return 0;
  } finally {
    await stage.stop();
  }
}

await runProgram({ usage: USAGE, parse: parseOptions, main });
