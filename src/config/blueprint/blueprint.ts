import type { ImageName } from '../../domain/image-reference.ts';
import type { MigrationToolName } from '../../domain/migrations/tools.ts';
import type { HealthCheck } from '../../domain/resource.ts';

/**
 * `.github/ephemeral.yml`, read, checked and with every default filled in. Texts called templates may hold
 * `${references}`, all of them known (`domain/template.ts`). Records keep the order of the file.
 */
export interface Blueprint {
  readonly version: 1;
  /** Null: the platform's. */
  readonly ttlSeconds: number | null;
  /** Null: the platform's. What is given can only be stricter than the platform. */
  readonly limits: { readonly environments: number | null; readonly maxTtlSeconds: number | null };
  /** Logins and `owner/team`s, without `@`. */
  readonly owners: readonly string[];
  readonly images: BlueprintImages;
  readonly database: BlueprintDatabase | null;
  readonly parameters: readonly ParameterCopy[];
  readonly secrets: readonly SecretCopy[];
  /** Label below the environment's domain to the host (a template) it stands for. */
  readonly aliases: Readonly<Record<string, string>>;
  readonly services: Readonly<Record<string, BlueprintService>>;
  readonly tasks: Readonly<Record<string, BlueprintTask>>;
  readonly refs: Readonly<Record<string, BlueprintRef>>;
  readonly smoke: readonly BlueprintSmoke[];
  /** Workflows with tests that `/ephemeral test <name>` runs. */
  readonly suites: Readonly<Record<string, BlueprintWorkflow>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly notifications: { readonly slack: { readonly channel: string } | null };
}

export interface BlueprintImages {
  /** As `repositoryOf` takes it; null for the platform's registry. */
  readonly registry: string | null;
  /** Tag template of the head's own images. */
  readonly tag: string;
  /** For services that the pull request does not touch; null: they too are waited for at the head. `branch` null: the base. */
  readonly fallback: { readonly branch: string | null; readonly tags: readonly string[] } | null;
  readonly deadlineSeconds: number;
  /** Run for an image of the head's own that is not in the registry; null: it is only waited for. */
  readonly build: BlueprintWorkflow | null;
}

export interface BlueprintWorkflow {
  /** `owner/name`; null: the pull request's own. */
  readonly repository: string | null;
  readonly workflow: string;
  /** Templates; those of a build only with references that are known before anything is made. */
  readonly inputs: Readonly<Record<string, string>>;
}

export interface BlueprintDatabase {
  /** The schema's name, for `${db.name}`. */
  readonly name: string | null;
  readonly port: number;
  readonly capacity: {
    readonly min: number;
    /** Where it is automatic, what it begins with. */
    readonly max: number;
    readonly autoPauseSeconds: number;
    /** Whether the maximum follows what is used. */
    readonly automatic?: true;
  };
  /**
   * What services are given. `inherit`: the source's users and passwords; `secret`: the master user, with a new password;
   * `user`: a user of the environment's own for the schema, and then `name` is not null.
   */
  readonly credentials: 'inherit' | 'secret' | 'user';
  /** Missing where nobody says where migrations are; otherwise `name` is not null. */
  readonly migrations?: BlueprintMigrations;
}

export interface BlueprintMigrations {
  readonly tool: MigrationToolName;
  /** A folder of the repository, or the root changelog, without a slash at either end. */
  readonly path: string;
  /** `ref` is a template with references to `refs` only; null: the pull request's own commit. */
  readonly elsewhere: { readonly repository: string; readonly ref: string } | null;
  /** The folder from which a changelog's names are counted, without a slash at either end; null where nobody says so. */
  readonly searchPath: string | null;
  /** Lower case; empty: all is run. */
  readonly contexts: readonly string[];
  /** Where the tool writes down what it ran. */
  readonly table: string;
  /** What becomes of a commit that lacks migrations that the source has. */
  readonly diverged: 'warn' | 'refuse';
}

/** `copy` null: only what is set. `to` and the values of `set` are templates. `to` begins and ends with a slash. */
export interface ParameterCopy {
  readonly copy: string | null;
  readonly to: string;
  readonly set: Readonly<Record<string, string>>;
}

/** `copy` null: only what is set. All three are templates; `set` replaces members of the secret's JSON. */
export interface SecretCopy {
  readonly copy: string | null;
  readonly to: string;
  readonly set: Readonly<Record<string, string>>;
}

/** What every container is told: `command` null is the image's own; values are templates, secrets to be read by `parseSecretReference`. */
export interface BlueprintContainer {
  readonly image: ImageName;
  readonly command: readonly string[] | null;
  readonly environment: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
}

/** `paths` empty: every change makes its image anew. */
interface BlueprintWorkload extends BlueprintContainer {
  readonly cpu: number;
  readonly memory: number;
  readonly architecture: 'X86_64' | 'ARM64';
  readonly paths: readonly string[];
}

export interface BlueprintService extends BlueprintWorkload {
  readonly port: number | null;
  /** What `{service}` stands for in the host template, once for each host; the first is `${host.<service>}`. */
  readonly hosts: readonly string[];
  /** Whether it also answers at the environment's own domain. */
  readonly apex: boolean;
  /** Ports of the platform's listeners; null: its HTTPS listeners, or all when it has none. */
  readonly listeners: readonly number[] | null;
  /** `public`: through the load balancer. `internal`: by `${service.<name>.address}` only. `none`: listens to nothing. */
  readonly expose: 'public' | 'internal' | 'none';
  readonly sourceCidrs: readonly string[];
  readonly count: number;
  readonly healthCheck: HealthCheck;
  readonly healthCheckGraceSeconds: number;
  readonly sidecars: Readonly<Record<string, BlueprintSidecar>>;
  /** Services, tasks before deployment, or `database`, that must be ready first. */
  readonly dependsOn: readonly string[];
}

export interface BlueprintSidecar extends BlueprintContainer {
  readonly port: number | null;
  readonly essential: boolean;
}

export interface BlueprintTask extends BlueprintWorkload {
  /** `pre-deploy`: before every service whose image follows the commit or that depends on it, in the file's order; `post-deploy`: after all; `on-demand`: only when asked. */
  readonly phase: 'pre-deploy' | 'post-deploy' | 'on-demand';
  readonly timeoutSeconds: number;
}

export interface BlueprintRef {
  readonly repository: string | null;
  /** What `${ref.<name>}` is unless somebody asks for another. */
  readonly default: string;
}

export interface BlueprintSmoke {
  readonly service: string;
  readonly path: string;
  readonly expect: string;
}
