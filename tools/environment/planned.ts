import { LOCK_ARGS, type Parts } from './parts.ts';

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

/** Plans in an environment's workspace, which has to be there. Nothing is changed. */
export async function planIn(
  { terraform }: Parts,
  { name, varFiles }: { name: string; varFiles: readonly string[] },
): Promise<Planned> {
  const file = 'environment.tfplan';
  const varArgs = varFiles.map((one) => `-var-file=${one}`);
  await terraform(['plan', '-no-color', '-input=false', ...LOCK_ARGS, ...varArgs, `-out=${file}`], { workspace: name });
  const shown = await terraform(['show', '-json', file], { workspace: name, quiet: true });
  const plan: PlanJson = JSON.parse(shown);
  return { file, changes: (plan.resource_changes ?? []).flatMap(changeOf) };
}

const ACTIONS = ['create', 'update', 'delete'] as const;

/** A resource that is made anew has two actions; one that is only read, or stays, has none of these. */
function changeOf({ address, type, change }: NonNullable<PlanJson['resource_changes']>[number]): PlannedChange[] {
  const [action, ...others] = ACTIONS.filter((one) => change.actions.includes(one));
  return action === undefined ? [] : [{ address, type, action: others.length > 0 ? 'replace' : action }];
}
