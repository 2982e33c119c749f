import { expect, it } from '@jest/globals';
import { fargateSizeProblem } from '../../src/domain/fargate-size.ts';

it.each([
  [256, 512],
  [256, 2048],
  [512, 1024],
  [512, 4096],
  [1024, 2048],
  [1024, 8192],
  [2048, 16_384],
  [4096, 30_720],
  [8192, 61_440],
  [16_384, 122_880],
])('takes %d CPU units with %d MiB', (cpu, memory) => {
  expect(fargateSizeProblem({ cpu, memory })).toBeUndefined();
});

it.each([
  [256, 1536, 'Fargate has no size with 256 CPU units and 1536 MiB: memory may be 512, 1024 or 2048'],
  [256, 4096, 'Fargate has no size with 256 CPU units and 4096 MiB: memory may be 512, 1024 or 2048'],
  [512, 512, 'Fargate has no size with 512 CPU units and 512 MiB: memory may be 1024 to 4096 in steps of 1024'],
  [1024, 2500, 'Fargate has no size with 1024 CPU units and 2500 MiB: memory may be 2048 to 8192 in steps of 1024'],
  [300, 512, 'Fargate has no size with 300 CPU units: use 256, 512, 1024, 2048, 4096, 8192, 16384'],
])('refuses %d CPU units with %d MiB, and says what there is', (cpu, memory, problem) => {
  expect(fargateSizeProblem({ cpu, memory })).toBe(problem);
});
