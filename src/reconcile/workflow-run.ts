/** How a run ended. `void`: its verdict would be of another commit. `not-started`: GitHub would not have it. */
export type RunConclusion = 'success' | 'failure' | 'cancelled' | 'timed-out' | 'skipped' | 'void' | 'not-started';

/** How GitHub was asked for a run. Written before it is asked, so that no run can exist that no record names. */
export interface RunDispatch {
  readonly at: Date;
  readonly repository: string;
  readonly workflow: string;
  /** A branch. */
  readonly ref: string;
  readonly inputs: Readonly<Record<string, string>>;
  readonly correlationId: string;
  /** Whether the run's name holds the correlation id. */
  readonly traceable: boolean;
  /** How often it was sent: 1, or more where answers were lost and no run was to be found. */
  readonly sent: number;
  /** Whether GitHub said that it took it, be it without saying which run it is. */
  readonly accepted: boolean;
}

/** A run as people open it. */
export interface RunLink {
  readonly id: number;
  /** Null until GitHub was asked for it. */
  readonly number: number | null;
  readonly url: string;
}

/** A run of a workflow that somebody, or a missing image, asked for. */
export interface WorkflowRunRecord {
  /** Unique in a life: `suite/regression/<sha>/1`, `build/<service>/<tag>/1`. The last part counts the attempts. */
  readonly key: string;
  readonly kind: 'suite' | 'build';
  /** The suite's name, or the image with its tag. */
  readonly subject: string;
  readonly sha: string;
  /** A login, or `mayfly`. */
  readonly askedBy: string;
  readonly askedAt: Date;
  /** How often the environment had been deployed again by request when it was asked for. */
  readonly redeploys: number;
  /** When GitHub last said something of it; never moved by `saveRun`. */
  readonly heardAt: Date | null;
  readonly dispatch: RunDispatch | null;
  readonly link: RunLink | null;
  /** When it was first seen at work. */
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
  readonly conclusion: RunConclusion | null;
  /** Why it was not started or does not count; empty when there is nothing to say. */
  readonly message: string;
}

/** A run that was asked for now, and that nothing was done for yet. */
export function askedRun(
  asked: Pick<WorkflowRunRecord, 'key' | 'kind' | 'subject' | 'sha' | 'askedBy' | 'askedAt' | 'redeploys'>,
): WorkflowRunRecord {
  return {
    ...asked,
    heardAt: null,
    dispatch: null,
    link: null,
    startedAt: null,
    endedAt: null,
    conclusion: null,
    message: '',
  };
}

export function isOpen({ endedAt }: WorkflowRunRecord): boolean {
  return endedAt === null;
}
