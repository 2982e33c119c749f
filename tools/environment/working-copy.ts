import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StateStore } from './options.ts';

/** What `infra/live/environment` reads of its surroundings. */
const NEEDED = ['domain.json', 'live/environment', 'modules/environment', 'modules/platform-document'];

/** A copy of the root module, in which no other run selects a workspace, and variables can be left. */
export interface WorkingCopy {
  readonly folder: string;
  /** Arguments of `init`. */
  readonly backendArgs: readonly string[];
  /** The variables of the next command, besides var files. A later call takes the place of an earlier one. */
  setVariables(variables: Readonly<Record<string, unknown>>): void;
  /** Removes it, unless Terraform left a state in it that it could not write: then the folder is returned, and kept. */
  discard(): string | undefined;
}

export function createWorkingCopy({ infra, state }: { infra: string; state: StateStore }): WorkingCopy {
  const top = mkdtempSync(join(tmpdir(), 'mayfly-environment-'));
  for (const path of NEEDED) {
    cpSync(join(infra, path), join(top, path), {
      recursive: true,
      filter: (source) => !/[/\\](\.terraform|tests)$|\.tfstate|\.terraform\.lock\.hcl$/.test(source),
    });
  }
  const folder = join(top, 'live', 'environment');
  return {
    folder,
    backendArgs: useState(folder, state),
    setVariables(variables) {
      writeFileSync(join(folder, 'environment.auto.tfvars.json'), JSON.stringify(variables, undefined, 2));
    },
    discard() {
      if (existsSync(join(folder, 'errored.tfstate'))) {
        return folder;
      }
      rmSync(top, { recursive: true, force: true });
      return undefined;
    },
  };
}

function useState(folder: string, state: StateStore): string[] {
  if ('bucket' in state) {
    return [`-backend-config=bucket=${state.bucket}`, `-backend-config=region=${state.region}`];
  }
  mkdirSync(state.folder, { recursive: true });
  const backend = { path: join(state.folder, 'default.tfstate'), workspace_dir: join(state.folder, 'environments') };
  // An override file replaces the backend block of the files beside it.
  writeFileSync(
    join(folder, 'backend_override.tf.json'),
    JSON.stringify({ terraform: { backend: { local: backend } } }),
  );
  return [];
}
