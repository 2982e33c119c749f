import type { RunConclusion, RunLink } from './workflow-run.ts';

/** A repository as an installation of the app reaches it. */
export interface WorkflowPlace {
  readonly repository: string;
  readonly installationId: number;
}

/** A run as the forge has it now. */
export interface RunFacts {
  readonly link: RunLink & { readonly number: number };
  readonly state: 'queued' | 'running' | 'ended';
  /** Null until it ended. */
  readonly conclusion: Exclude<RunConclusion, 'void' | 'not-started'> | null;
}

/** Workflows of a repository, started by hand. Throws `TransientError` and `TerminalError`, like a provisioner. */
export interface Workflows {
  /** Undefined when there is no such repository, or the app may not see it. */
  defaultBranch(place: WorkflowPlace): Promise<string | undefined>;
  /** Whether this person may write there, which is what starting a workflow by hand takes. */
  mayStart(place: WorkflowPlace, login: string): Promise<boolean>;
  /**
   * Starts a run of the workflow as it stands on `ref`, a branch. Not to be repeated: each call starts another. Undefined
   * when the forge does not say which one it started. A `TerminalError` means that none was, and so does a
   * `TransientError` that says when to try again: a limit is applied before the request is.
   */
  start(
    place: WorkflowPlace,
    request: { workflow: string; ref: string; inputs: Readonly<Record<string, string>> },
  ): Promise<RunLink | undefined>;
  /**
   * The app's own run of a workflow, started by hand not before `since`, whose title holds `correlationId`: anybody can
   * write a title, so the app must be its actor as well. Undefined when there is none, or none is listed yet.
   */
  find(
    place: WorkflowPlace,
    wanted: { workflow: string; since: Date; correlationId: string },
  ): Promise<RunFacts | undefined>;
  /** Undefined when there is no such run. */
  run(place: WorkflowPlace, id: number): Promise<RunFacts | undefined>;
  /** Asks for the run to be stopped. One that is over, or not there, is no error. */
  cancel(place: WorkflowPlace, id: number): Promise<void>;
}
