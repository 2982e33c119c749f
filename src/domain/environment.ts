/** A pull request: what an environment belongs to. */
export interface PullRequestRef {
  /** `owner/name`, as GitHub spells it. */
  readonly repository: string;
  readonly number: number;
}

/** One environment, one pull request. */
export interface EnvironmentIdentity {
  /** The key of everything: `owner/name#1721`. */
  readonly id: string;
  readonly pullRequest: PullRequestRef;
  /** The name people see and every resource carries: `pr-1721`. Lower case, legal as a DNS label, at most 30 characters. */
  readonly name: string;
}

export function environmentId({ repository, number }: PullRequestRef): string {
  return `${repository}#${number}`;
}
