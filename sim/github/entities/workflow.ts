import type { Account } from './account.ts';

export interface Workflow {
  readonly id: number;
  readonly name: string;
  /** Below the repository's root, such as `.github/workflows/build.yaml`. */
  readonly path: string;
  /** Names of the `workflow_dispatch` inputs, where no file says them; undefined when the workflow cannot be dispatched. */
  readonly dispatchInputs: readonly string[] | undefined;
  readonly createdAt: Date;
}

export type WorkflowConclusion = 'success' | 'failure' | 'cancelled' | 'timed_out' | 'skipped';

export interface WorkflowRun {
  readonly id: number;
  readonly workflow: Workflow;
  /** What its file's `run-name` came to; the workflow's name without one. */
  readonly title: string;
  readonly runNumber: number;
  readonly event: string;
  readonly headBranch: string;
  readonly headSha: string;
  readonly actor: Account;
  readonly inputs: { readonly [name: string]: string };
  readonly createdAt: Date;
  status: 'queued' | 'in_progress' | 'completed';
  conclusion: WorkflowConclusion | undefined;
  updatedAt: Date;
}
