import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

export interface WorkingCopy {
  /** The copy of `infra`. */
  readonly folder: string;
  remove(): Promise<void>;
}

/** `infra` as it is in the repository, without state or providers of earlier runs: nothing of a run is left in it. */
export async function copyInfra(infra: string): Promise<WorkingCopy> {
  const root = await mkdtemp(join(tmpdir(), 'mayfly-infra-'));
  const folder = join(root, 'infra');
  await cp(infra, folder, {
    recursive: true,
    filter: (source) => !/^(\.terraform|\.terraform\.lock\.hcl|terraform\.tfstate.*)$/.test(basename(source)),
  });
  return { folder, remove: async () => await rm(root, { recursive: true, force: true }) };
}
