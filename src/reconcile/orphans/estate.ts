import type { EnvironmentOwner } from '../../domain/environment.ts';
import type { ResourceKind } from '../../domain/resource.ts';

/** One thing in the account that is an environment's. What its provisioner needs to release it was read back from AWS. */
export interface EstateThing {
  readonly kind: ResourceKind;
  /** What it is released by. Where names can be shared, as those of rules can, it is an ARN: this very thing and no other. */
  readonly name: string;
  /** What Mayfly or Terraform called it, for people and for finding its row. */
  readonly label: string;
  /** As its own service told them; null where it can have none, and its name is the proof. */
  readonly tags: Readonly<Record<string, string>> | null;
  /**
   * Whether it alone shows that its environment is one of this platform's: tagged, and named as only this platform names
   * things. What does not is found through the others, so one that does has to go after it.
   */
  readonly isWitness: boolean;
  /** As `Released` has them; null where the name is enough. */
  readonly spec: unknown;
  readonly recorded: unknown;
}

/** All of one environment that is there. */
export interface EnvironmentEstate {
  readonly owner: EnvironmentOwner;
  readonly things: readonly EstateThing[];
  /** ARNs that the tagging API lists under its tags and that no provisioner knows how to release; some may be gone. */
  readonly others: readonly string[];
}

/** What the account holds of environments, told by the account alone. */
export interface EstateReader {
  /**
   * Everything that is there, of all environments, sorted by name. Each thing was shown by its own service a moment ago. It
   * throws when any service did not answer, because a part of the truth proves nothing. Environments of `known` need no
   * other thing for what only their names prove to be theirs.
   */
  read(known: readonly EnvironmentOwner[]): Promise<readonly EnvironmentEstate[]>;
}

/** `owner/name#7`, as an environment's id; `owner/name pay` for one without a pull request. */
export function ownerKey({ name, pullRequest }: EnvironmentOwner): string {
  const { repository, number } = pullRequest;
  return number === null ? `${repository} ${name}` : `${repository}#${number} ${name}`;
}
