/** A pull request: what an environment belongs to. */
export interface PullRequestRef {
  /** `owner/name`, as GitHub spells it. */
  readonly repository: string;
  readonly number: number;
}

/**
 * Whose a thing in AWS is, as far as tags can say. Terraform makes environments that have no pull request; every other has
 * one, and an `EnvironmentIdentity` is such an owner.
 */
export interface EnvironmentOwner {
  readonly name: string;
  readonly pullRequest: { readonly repository: string; readonly number: number | null };
  /**
   * Set by who deletes for nothing but the tags: what expires later than this, or is protected, does not prove to be the
   * environment's. It may have been extended, or made again under the same name, since it was judged.
   */
  readonly overSince?: Date;
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
