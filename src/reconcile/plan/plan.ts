import type { BudgetNeed } from '../../domain/budget.ts';
import type { MigrationToolName } from '../../domain/migrations/tools.ts';
import type { AutomaticBounds } from '../cost/advise.ts';
import type { AnyNode, Known } from '../graph/node.ts';
import type { CloneKeys } from './clone-keys.ts';
import type { PlannedSource } from './planned-source.ts';

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
  readonly passport: PlannedSource['passport'];
  /** `0.5 to 2 ACU`. */
  readonly capacity: string;
  readonly clusterKey: string;
  /** Between what its maximum moves by itself; missing where the blueprint sets one. */
  readonly automatic?: AutomaticBounds;
  /** Missing where nobody says where they are. */
  readonly migrations?: PlannedMigrations;
}

/** Where the migrations of a database are, in the repository and in the clone. */
export interface PlannedMigrations {
  readonly tool: MigrationToolName;
  /** The folder of the repository, or the root changelog. */
  readonly path: string;
  /** What of the blueprint says at which commit of another repository they are; null where they are at the head. */
  readonly refField: string | null;
  /** Identifier of what the clone is made of. */
  readonly source: string;
  /** Name of the schema. */
  readonly database: string;
  /** Where the tool writes down what it ran. */
  readonly table: string;
  readonly diverged: 'warn' | 'refuse';
  readonly clone: CloneKeys;
  /** Keys of the tasks before deployment. */
  readonly tasks: readonly string[];
}

/** A workflow that the blueprint names. */
export interface PlannedWorkflow {
  /** `owner/name`; null for the pull request's own repository. */
  readonly repository: string | null;
  /** The name of its file. */
  readonly workflow: string;
  /** What the blueprint gives it. Call it once everything that its texts refer to is known. */
  inputs(known: Known): Readonly<Record<string, string>>;
}

/** An image that is made from the pull request's own commit. */
export interface PlannedImage {
  /** Of its node. */
  readonly key: string;
  /** The service or task. */
  readonly service: string;
  /** `selfserve:pr-ec021a6`. */
  readonly name: string;
  readonly tag: string;
}

export interface PlannedBuild extends PlannedWorkflow {
  readonly images: readonly PlannedImage[];
}

/** Everything one environment is to be at one commit. A pure function of platform, blueprint, intent and resolution. */
export interface Plan {
  /** What it takes of what AWS has only so much of. */
  readonly needs: readonly BudgetNeed[];
  readonly nodes: readonly AnyNode[];
  readonly services: readonly PlannedService[];
  readonly database: PlannedDatabase | null;
  /** Logins and `owner/team`s to tell when the owner is a bot. */
  readonly owners: readonly string[];
  /** Sentences about what other environments use as well. */
  readonly shared: readonly string[];
  /** What a fork's commit asked for and is not given, a sentence each. */
  readonly refusals: readonly string[];
  /** By name. */
  readonly suites: Readonly<Record<string, PlannedWorkflow>>;
  /** Null when nobody builds a missing image on request. */
  readonly build: PlannedBuild | null;
  /** Further tags of every resource, as the blueprint asks for. */
  readonly tags: Readonly<Record<string, string>>;
}
