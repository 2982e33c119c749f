import { type MaskTask, maskDatabase } from './mask-database.ts';
import type { Memory, Said } from './masked.ts';

const SAMPLE_MILLISECONDS = 250;
/** A full collection takes some milliseconds of a processor that the server wants. */
const LIVE_EVERY = 8;
const MIB = 1024 * 1024;

async function run(task: MaskTask): Promise<Said> {
  const resident = [process.memoryUsage.rss()];
  const live = [liveBytes()];
  const sampling = setInterval(() => {
    resident.push(process.memoryUsage.rss());
    if (resident.length % LIVE_EVERY === 0) {
      live.push(liveBytes());
    }
  }, SAMPLE_MILLISECONDS);
  try {
    const took = await maskDatabase(task);
    return { ...took, memory: memoryOf({ resident, live }) };
  } catch (error) {
    return { failed: error instanceof Error ? error.message : String(error) };
  } finally {
    clearInterval(sampling);
  }
}

function liveBytes(): number {
  global.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

function memoryOf({ resident, live }: { resident: readonly number[]; live: readonly number[] }): Memory {
  return {
    peak: Math.round(process.resourceUsage().maxRSS / 1024),
    byQuarter: mediansByQuarter(resident).map((bytes) => Math.round(bytes / MIB)),
    liveByQuarter: mediansByQuarter(live).map((bytes) => Math.round((bytes / MIB) * 10) / 10),
  };
}

function mediansByQuarter(samples: readonly number[]): readonly number[] {
  const quarter = Math.ceil(samples.length / 4);
  const parts = [0, 1, 2, 3].map((part) => samples.slice(part * quarter, (part + 1) * quarter));
  const median = (part: readonly number[]) => part.toSorted((a, b) => a - b)[part.length >> 1] ?? 0;
  return parts.filter((part) => part.length > 0).map(median);
}

process.once('message', (task) => {
  void run(task as MaskTask).then((said) => process.send?.(said));
});
