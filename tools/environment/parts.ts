import type { Leftovers } from './leftovers.ts';
import type { Preflight } from './preflight.ts';
import { Refusal, TerraformFailed } from './refusal.ts';
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

/**
 * Reaches the state. The first command of every action; run again, it does nothing new. Throws `Refusal` where there is no
 * such bucket.
 */
export async function initialise({ terraform, copy, initArgs }: Parts): Promise<void> {
  try {
    await terraform(['init', '-no-color', ...copy.backendArgs, ...initArgs]);
  } catch (error) {
    const bucket = error instanceof TerraformFailed ? missingBucket(error.told) : undefined;
    throw bucket === undefined
      ? error
      : new Refusal(
          `There is no bucket ${bucket} to keep states in: apply infra/live/state first, or name another with --state-bucket.`,
          { cause: error },
        );
  }
}

/** In the words of Terraform's S3 backend. */
function missingBucket(told: string): string | undefined {
  return /S3 bucket "([^"]+)"\s+does\s+not\s+exist/.exec(told)?.[1];
}

/** Somebody else's run on the same environment is waited for this long. */
export const LOCK_ARGS: readonly string[] = ['-lock-timeout=10m'];
