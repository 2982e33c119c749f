import type { AnyNode } from '../graph/node.ts';

/** One service of the plan, as people see it. */
export interface PlannedService {
  readonly name: string;
  /** Public addresses; none for a service reached only inside, or only from some networks. */
  readonly urls: readonly string[];
  /** The key of its image's node; null when the image is named in full and nothing is waited for. */
  readonly imageKey: string | null;
  /** What people recognise of an image that is named in full. */
  readonly externalTag: string | null;
  /** The keys of all nodes that must be ready for the service to be. */
  readonly keys: readonly string[];
}

export interface PlannedDatabase {
  readonly source: string;
  /** `0.5 to 2 ACU`. */
  readonly capacity: string;
  readonly clusterKey: string;
}

/** Everything one environment is to be at one commit. A pure function of platform, blueprint, intent and resolution. */
export interface Plan {
  readonly nodes: readonly AnyNode[];
  readonly services: readonly PlannedService[];
  readonly database: PlannedDatabase | null;
  /** Logins and `owner/team`s to tell when the owner is a bot. */
  readonly owners: readonly string[];
  /** Sentences about what other environments use as well. */
  readonly shared: readonly string[];
  /** Further tags of every resource, as the blueprint asks for. */
  readonly tags: Readonly<Record<string, string>>;
}
