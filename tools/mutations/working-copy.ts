import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { applied } from './apply.ts';
import type { Mutation } from './mutations.ts';

const COPIED = ['src', 'sim', 'test', 'tools', 'infra', 'jest.config.js', 'package.json', 'tsconfig.json'] as const;

export interface WorkingCopy {
  readonly directory: string;
  /** Runs `work` with the mutation in its file, and takes it out again. */
  mutated<T>(mutation: Mutation, work: () => Promise<T>): Promise<T>;
  remove(): Promise<void>;
}

/** A copy of the tree, so that no mutation ever stands in the tree itself, however this process ends. */
export async function createWorkingCopy(root: string): Promise<WorkingCopy> {
  const directory = await mkdtemp(join(tmpdir(), 'mayfly-mutations-'));
  for (const name of COPIED) {
    await cp(join(root, name), join(directory, name), { recursive: true });
  }
  await symlink(join(root, 'node_modules'), join(directory, 'node_modules'));
  return {
    directory,
    async mutated(mutation, work) {
      const file = join(directory, mutation.file);
      const source = await readFile(file, 'utf8');
      await writeFile(file, applied(mutation, source));
      try {
        return await work();
      } finally {
        await writeFile(file, source);
      }
    },
    remove: async () => await rm(directory, { recursive: true, force: true }),
  };
}
