import type { Leftovers } from './leftovers.ts';
import type { Preflight } from './preflight.ts';
import type { Terraform } from './terraform.ts';
import type { WorkingCopy } from './working-copy.ts';
import type { Workspaces } from './workspaces.ts';

/** What the actions are made of. */
export interface Parts {
  readonly preflight: Preflight;
  readonly terraform: Terraform;
  readonly workspaces: Workspaces;
  readonly copy: Pick<WorkingCopy, 'backendArgs' | 'setVariables'>;
  readonly leftovers: Leftovers;
  /** Further arguments of `init`: where providers come from. */
  readonly initArgs: readonly string[];
  now(): Date;
  pause(seconds: number): Promise<void>;
}

/** Reaches the state. The first command of every action; run again, it does nothing new. */
export async function initialise({ terraform, copy, initArgs }: Parts): Promise<void> {
  await terraform(['init', '-no-color', ...copy.backendArgs, ...initArgs]);
}

/** Somebody else's run on the same environment is waited for this long. */
export const LOCK_ARGS: readonly string[] = ['-lock-timeout=10m'];
