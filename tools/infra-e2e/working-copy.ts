import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { zipOf } from '../reaper-package/zip.ts';

export interface WorkingCopy {
  /** The root module: the copy of `infra/live/nonprod`. */
  readonly folder: string;
  /** A zip that stands for the reaper's package; nobody runs it. */
  readonly packageFile: string;
  remove(): Promise<void>;
}

/** Buckets of an emulator are paths: their names would be hosts that nobody resolves. */
const PATH_STYLE = { provider: { aws: { s3_use_path_style: true } } };

/** `infra` as it is in the repository, without state or providers of earlier runs: nothing of a run is left in it. */
export async function copyInfra(infra: string): Promise<WorkingCopy> {
  const root = await mkdtemp(join(tmpdir(), 'mayfly-infra-'));
  const folder = join(root, 'infra', 'live', 'nonprod');
  const packageFile = join(root, 'reaper.zip');
  await cp(infra, join(root, 'infra'), {
    recursive: true,
    filter: (source) => !/^(\.terraform|\.terraform\.lock\.hcl|terraform\.tfstate.*)$/.test(basename(source)),
  });
  await writeFile(join(folder, 'emulator_override.tf.json'), JSON.stringify(PATH_STYLE));
  await writeFile(packageFile, zipOf('reaper.js', 'export const handler = async () => {};\n'));
  return { folder, packageFile, remove: async () => await rm(root, { recursive: true, force: true }) };
}
