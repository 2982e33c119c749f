interface Size {
  readonly cpu: number;
  readonly smallestMiB: number;
  readonly largestMiB: number;
  readonly stepMiB: number;
}

// API reference, RegisterTaskDefinition, "cpu".
const sizes: readonly Size[] = [
  { cpu: 512, smallestMiB: 1024, largestMiB: 4096, stepMiB: 1024 },
  { cpu: 1024, smallestMiB: 2048, largestMiB: 8192, stepMiB: 1024 },
  { cpu: 2048, smallestMiB: 4096, largestMiB: 16_384, stepMiB: 1024 },
  { cpu: 4096, smallestMiB: 8192, largestMiB: 30_720, stepMiB: 1024 },
  { cpu: 8192, smallestMiB: 16_384, largestMiB: 61_440, stepMiB: 4096 },
  { cpu: 16_384, smallestMiB: 32_768, largestMiB: 122_880, stepMiB: 8192 },
];

export function isFargateSize(cpu: number, memoryMiB: number): boolean {
  if (cpu === 256) {
    return [512, 1024, 2048].includes(memoryMiB);
  }
  return sizes.some(
    (size) =>
      size.cpu === cpu &&
      memoryMiB >= size.smallestMiB &&
      memoryMiB <= size.largestMiB &&
      memoryMiB % size.stepMiB === 0,
  );
}

/** CPU units of `256`, `.25 vCPU`, `1 vcpu`; NaN when it is neither. */
export function cpuUnits(text: string): number {
  const [, virtual] = /^([\d.]+)\s*vcpu$/i.exec(text) ?? [];
  return virtual === undefined ? Number(text) : Number(virtual) * 1024;
}

/** MiB of `512`, `0.5GB`, `1 gb`; NaN when it is neither. */
export function memoryMiB(text: string): number {
  const [, gigabytes] = /^([\d.]+)\s*gb$/i.exec(text) ?? [];
  return gigabytes === undefined ? Number(text) : Number(gigabytes) * 1024;
}
