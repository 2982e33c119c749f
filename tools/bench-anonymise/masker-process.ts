import { type MaskTask, maskDatabase } from './mask-database.ts';
import type { Memory, Said } from './masked.ts';

const SAMPLE_MILLISECONDS = 250;
const MIB = 1024 * 1024;

async function run(task: MaskTask): Promise<Said> {
  const samples = [process.memoryUsage.rss()];
  const sampling = setInterval(() => samples.push(process.memoryUsage.rss()), SAMPLE_MILLISECONDS);
  try {
    const took = await maskDatabase(task);
    return { ...took, memory: memoryOf(samples) };
  } catch (error) {
    return { failed: error instanceof Error ? error.message : String(error) };
  } finally {
    clearInterval(sampling);
  }
}

function memoryOf(samples: readonly number[]): Memory {
  const quarter = Math.ceil(samples.length / 4);
  const parts = [0, 1, 2, 3].map((part) => samples.slice(part * quarter, (part + 1) * quarter));
  const median = (part: readonly number[]) => part.toSorted((a, b) => a - b)[part.length >> 1] ?? 0;
  return {
    peak: Math.round(process.resourceUsage().maxRSS / 1024),
    byQuarter: parts.filter((part) => part.length > 0).map((part) => Math.round(median(part) / MIB)),
  };
}

process.once('message', (task) => {
  void run(task as MaskTask).then((said) => process.send?.(said));
});
