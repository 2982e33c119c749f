/** CPU units (1024 to the core) and MiB, as a task definition takes them. */
export interface FargateSize {
  readonly cpu: number;
  readonly memory: number;
}

/** What Fargate has (ECS developer guide, task size). MiB. */
const MEMORY_BY_CPU: readonly (FargateRange & { readonly cpu: number })[] = [
  { cpu: 256, from: 512, to: 2048, step: 0 },
  { cpu: 512, from: 1024, to: 4096, step: 1024 },
  { cpu: 1024, from: 2048, to: 8192, step: 1024 },
  { cpu: 2048, from: 4096, to: 16_384, step: 1024 },
  { cpu: 4096, from: 8192, to: 30_720, step: 1024 },
  { cpu: 8192, from: 16_384, to: 61_440, step: 4096 },
  { cpu: 16_384, from: 32_768, to: 122_880, step: 8192 },
];

interface FargateRange {
  readonly from: number;
  readonly to: number;
  /** 0: each value is twice the last. */
  readonly step: number;
}

/** What is wrong with the pair and what is allowed; undefined when Fargate has it. */
export function fargateSizeProblem({ cpu, memory }: FargateSize): string | undefined {
  const range = MEMORY_BY_CPU.find((row) => row.cpu === cpu);
  if (range === undefined) {
    return `Fargate has no size with ${cpu} CPU units: use ${MEMORY_BY_CPU.map((row) => row.cpu).join(', ')}`;
  }
  if (memoriesOf(range).includes(memory)) {
    return undefined;
  }
  const steps = range.step === 0 ? '512, 1024 or 2048' : `${range.from} to ${range.to} in steps of ${range.step}`;
  return `Fargate has no size with ${cpu} CPU units and ${memory} MiB: memory may be ${steps}`;
}

function memoriesOf({ from, to, step }: FargateRange): number[] {
  const memories: number[] = [];
  for (let memory = from; memory <= to; memory = step === 0 ? memory * 2 : memory + step) {
    memories.push(memory);
  }
  return memories;
}
