import { runProgram } from '../sim/program.ts';
import { floor } from './bench-anonymise/floor.ts';
import { type Masked, masked } from './bench-anonymise/masked.ts';
import { type BenchOptions, parseOptions, USAGE } from './bench-anonymise/options.ts';
import { linesOf, type Measured, reportOf, settingsOf } from './bench-anonymise/report.ts';
import { openStage, type Stage } from './bench-anonymise/stage.ts';

function tell(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** The sides take turns at going first, as whatever the first leaves in the server's memory is the second's. */
async function measure(stage: Stage, rows: number, { runs, workers, seed }: BenchOptions): Promise<Measured> {
  tell(`${rows} rows are made`);
  await stage.fill(rows, seed);
  const floors: number[] = [];
  const maskings: Masked[] = [];
  const sides = [
    async () => {
      const task = { address: stage.address, database: await stage.freshCopy(), workers };
      floors.push(await floor(task));
      tell(`the floor took ${floors.at(-1)?.toFixed(1)} s`);
    },
    async () => {
      const task = { address: stage.address, database: await stage.freshCopy(), workers };
      maskings.push(await masked(task));
      tell(`the anonymiser took ${maskings.at(-1)?.seconds.toFixed(1)} s`);
    },
  ];
  for (let run = 0; run < runs; run += 1) {
    for (const side of run % 2 === 0 ? sides : sides.toReversed()) {
      await side();
    }
  }
  return { rows, bytes: await stage.bytes(), floor: floors, masked: maskings };
}

async function main(options: BenchOptions): Promise<number> {
  const stage = await openStage();
  try {
    const settings = settingsOf({ workers: options.workers, version: stage.version });
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
