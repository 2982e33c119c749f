import type { Terraform } from './terraform.ts';

/** What an environment's state remembers of the wish; the output `environment` of the root module. */
export interface Remembered {
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly branch: string;
  readonly commit: string;
  readonly repository: string;
  readonly pullRequest: number | null;
}

export interface WorkspaceState {
  /** Undefined where nothing was ever applied to its end. */
  readonly remembered: Remembered | undefined;
  /** The variables that say what runs in it, for the next apply. Undefined as `remembered` is. */
  readonly configuration: Readonly<Record<string, unknown>> | undefined;
  readonly urls: Readonly<Record<string, string>>;
  /** How many resources it holds, those that are only read left out. */
  readonly resources: number;
}

/** The environments in the state, one a workspace. Every function may be called again after it failed. */
export interface Workspaces {
  list(): Promise<string[]>;
  create(name: string): Promise<void>;
  /** Terraform refuses while the state holds anything. */
  remove(name: string): Promise<void>;
  read(name: string): Promise<WorkspaceState>;
}

export function createWorkspaces(terraform: Terraform): Workspaces {
  return {
    async list() {
      const printed = await terraform(['workspace', 'list', '-no-color'], { quiet: true });
      const names = printed.split('\n').map((line) => line.replace(/^\*/, '').trim());
      return names.filter((name) => name !== '' && name !== 'default').toSorted();
    },
    async create(name) {
      await terraform(['workspace', 'new', '-no-color', '-lock-timeout=5m', name], { quiet: true });
    },
    async remove(name) {
      // The workspace that is selected cannot be deleted.
      await terraform(['workspace', 'select', '-no-color', 'default'], { quiet: true });
      await terraform(['workspace', 'delete', '-no-color', '-lock-timeout=5m', name], { quiet: true });
    },
    async read(name) {
      return stateIn(await terraform(['state', 'pull'], { workspace: name, quiet: true }));
    },
  };
}

interface StateFile {
  readonly outputs?: {
    readonly environment?: { readonly value: Remembered };
    readonly configuration?: { readonly value: Readonly<Record<string, unknown>> };
    readonly urls?: { readonly value: Readonly<Record<string, string>> };
  };
  readonly resources?: readonly { readonly mode: string; readonly instances?: readonly unknown[] }[];
}

/** A workspace in which nothing was applied has no state at all. */
function stateIn(text: string): WorkspaceState {
  const state: StateFile = text.trim() === '' ? {} : JSON.parse(text);
  const managed = (state.resources ?? []).filter(({ mode }) => mode === 'managed');
  return {
    remembered: state.outputs?.environment?.value,
    configuration: state.outputs?.configuration?.value,
    urls: state.outputs?.urls?.value ?? {},
    resources: managed.reduce((count, { instances = [] }) => count + instances.length, 0),
  };
}
