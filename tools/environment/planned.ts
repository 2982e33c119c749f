import { LOCK_ARGS, type Parts } from './parts.ts';
import { Refusal } from './refusal.ts';

/** What Terraform would do, in a file that it can be told to do. */
export interface Planned {
  readonly file: string;
  readonly changes: readonly PlannedChange[];
}

export interface PlannedChange {
  readonly address: string;
  readonly type: string;
  readonly action: 'create' | 'update' | 'delete' | 'replace';
}

interface PlanJson {
  readonly resource_changes?: readonly {
    readonly address: string;
    readonly type: string;
    readonly change: { readonly actions: readonly string[] };
  }[];
}

/**
 * Plans in an environment's workspace, which has to be there. Nothing is changed. Throws `Refusal` for a variable that there
 * is not: Terraform only warns, and would remove what runs for a `service` that was meant to be `services`.
 */
export async function planIn(
  { terraform }: Parts,
  { name, varFiles }: { name: string; varFiles: readonly string[] },
): Promise<Planned> {
  const file = 'environment.tfplan';
  const varArgs = varFiles.map((one) => `-var-file=${one}`);
  const args = ['plan', '-no-color', '-input=false', ...LOCK_ARGS, ...varArgs, `-out=${file}`];
  const undeclared = undeclaredIn(await terraform(args, { workspace: name }));
  if (undeclared !== undefined) {
    throw new Refusal(
      `--var-file gives \`${undeclared}\` a value, and infra/live/environment has no such variable: its variables.tf names them.`,
    );
  }
  const shown = await terraform(['show', '-json', file], { workspace: name, quiet: true });
  const plan: PlanJson = JSON.parse(shown);
  return { file, changes: (plan.resource_changes ?? []).flatMap(changeOf) };
}

/** In the words of Terraform's warning. */
function undeclaredIn(said: string): string | undefined {
  return /does\s+not\s+declare\s+a\s+variable\s+named\s+"([^"]+)"/.exec(said)?.[1];
}

const ACTIONS = ['create', 'update', 'delete'] as const;

/** A resource that is made anew has two actions; one that is only read, or stays, has none of these. */
function changeOf({ address, type, change }: NonNullable<PlanJson['resource_changes']>[number]): PlannedChange[] {
  const [action, ...others] = ACTIONS.filter((one) => change.actions.includes(one));
  return action === undefined ? [] : [{ address, type, action: others.length > 0 ? 'replace' : action }];
}
