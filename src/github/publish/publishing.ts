import type { EnvironmentReport, Publication, PublicationKind, PublicationMemory } from '../../reconcile/reporter.ts';
import type { Octokit } from '../octokit-source.ts';

/** Who the app is on GitHub: what carries neither its id nor its login was made by somebody else. */
export interface AppIdentity {
  readonly appId: number;
  /** `mayfly[bot]`. */
  readonly ownLogin: string;
}

/** What is needed to publish one report on one pull request. */
export interface Publishing {
  readonly octokit: Octokit;
  readonly report: EnvironmentReport;
  readonly memory: PublicationMemory;
  readonly target: { readonly owner: string; readonly repo: string };
  readonly identity: AppIdentity;
  /** Where more is to be read. */
  readonly pageUrl: string;
  /** Where the blueprint's schema can be read; undefined when nobody said. */
  readonly schemaUrl: string | undefined;
}

/** Whether the app made it: markers can be copied by anybody, authorship cannot. */
export function isOurs(
  made: {
    readonly performed_via_github_app?: { readonly id?: number } | null | undefined;
    readonly user?: { readonly login: string } | null | undefined;
  },
  { appId, ownLogin }: AppIdentity,
): boolean {
  return made.performed_via_github_app?.id === appId || made.user?.login === ownLogin;
}

/**
 * To be called before GitHub is told something new in the place of what is remembered: until that is remembered, it is not
 * known what GitHub says. If the answer is lost, and the old is true again by the next time, it would else be taken for said.
 */
export async function beginToSay(
  memory: PublicationMemory,
  kind: PublicationKind,
  known: Publication | undefined,
): Promise<void> {
  if (known && known.digest !== '') {
    await memory.put(kind, { ...known, digest: '' });
  }
}

/** GitHub's id; undefined where it was about to be made, and nobody knows whether it was. */
export function rememberedIn({ externalId }: Publication): number | undefined {
  return externalId === '' ? undefined : Number(externalId);
}
