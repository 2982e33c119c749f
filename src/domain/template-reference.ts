import type { EnvironmentIdentity } from './environment.ts';
import { nearest } from './nearest.ts';
import { quoted } from './quoted.ts';
import { formatTtl } from './tags.ts';

/** What a blueprint names, which its templates may therefore refer to. */
export interface TemplateScope {
  /** Services reached only inside: a public one is reached by its host. */
  readonly internal: readonly string[];
  /** Services and tasks that are part of every environment, and so have an image; a task on demand may have none yet. */
  readonly images: readonly string[];
  /** Those of the services that have a host. */
  readonly hosted: readonly string[];
  /** Names of second repositories' refs. */
  readonly refs: readonly string[];
  /** Null without a database; `named` when the blueprint gives the schema's name, `master` when it may use the master user. */
  readonly database: { readonly named: boolean; readonly master: boolean } | null;
}

const ENVIRONMENT_REFERENCES = ['name', 'NAME', 'slug', 'SLUG', 'domain', 'zone', 'expiresAt'].map(
  (field) => `env.${field}`,
);
const PULL_REQUEST_REFERENCES = ['pr.number', 'pr.headSha', 'pr.headRef'];
const DATABASE_REFERENCES = ['endpoint', 'readerEndpoint', 'port', 'secretArn'].map((field) => `db.${field}`);

/** `image.tag` is the tag of the service or task in whose block it stands. */
export const OWN_IMAGE_TAG = 'image.tag';

/** Every reference that a template may make. */
export function knownReferences(scope: TemplateScope): string[] {
  return [
    ...ENVIRONMENT_REFERENCES,
    ...PULL_REQUEST_REFERENCES,
    ...(scope.database === null ? [] : DATABASE_REFERENCES),
    ...(scope.database?.named === true ? ['db.name'] : []),
    ...(scope.database?.master === true ? ['db.masterSecretArn'] : []),
    OWN_IMAGE_TAG,
    ...scope.hosted.map((service) => `host.${service}`),
    ...scope.images.map((owner) => `image.${owner}.tag`),
    ...scope.internal.map((service) => `service.${service}.address`),
    ...scope.refs.map((ref) => `ref.${ref}`),
  ];
}

const LATE = /^(db\.(endpoint|readerEndpoint|secretArn|masterSecretArn)|image\..+)$/;

/** Whether only a resource that has been made can tell it. A name has to be known before. */
export function isLateReference(reference: string): boolean {
  return LATE.test(reference);
}

/** Why a reference cannot be followed, with the nearest that can; undefined when it can. `forName`: whether a name is made of it. */
export function referenceProblem(
  reference: string,
  known: readonly string[],
  { forName = false }: { forName?: boolean } = {},
): string | undefined {
  if (known.includes(reference)) {
    return forName && isLateReference(reference)
      ? `${quoted(reference)} is not known yet when names and tags are made: only \`env\`, \`pr\`, \`ref\`, \`host\` and what the file itself says are`
      : undefined;
  }
  const meant = nearest(reference, known);
  const hint =
    meant === undefined ? `use one of ${known.map((name) => `\`${name}\``).join(', ')}` : `did you mean \`${meant}\`?`;
  return `there is no ${quoted(reference)} to refer to: ${hint}`;
}

/** The values of `env.*` and `pr.*`, which are known before anything is made. */
export function environmentValues(facts: {
  environment: EnvironmentIdentity;
  zone: string;
  expiresAt: Date;
  headSha: string;
  headRef: string;
}): Record<string, string> {
  const { environment, zone } = facts;
  const { name } = environment;
  return {
    'env.name': name,
    'env.NAME': name.toUpperCase(),
    'env.slug': name,
    'env.SLUG': name.toUpperCase(),
    'env.domain': `${name}.${zone}`,
    'env.zone': zone,
    'env.expiresAt': formatTtl(facts.expiresAt),
    'pr.number': String(environment.pullRequest.number),
    'pr.headSha': facts.headSha,
    'pr.headRef': facts.headRef,
  };
}
