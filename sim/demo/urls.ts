import type { Plan } from '../../src/reconcile/plan/plan.ts';
import type { LocalCloud } from '../local/local-cloud.ts';
import type { Seen } from './watching.ts';

/** One address of an environment, as a visitor gets it through the load balancer. */
export interface FetchedUrl {
  readonly service: string;
  readonly url: string;
  /** Null where nothing runs behind the load balancer. */
  readonly status: number | null;
  /** What the task says it was started from. */
  readonly image: string | null;
  /** The repository's commit that the image was built from; null when its tag names none. */
  readonly sha: string | null;
  /** Whether that is the pull request's head. */
  readonly isHead: boolean;
  /** Whether the pull request touches the service: others rightly run the base branch's image. */
  readonly isTouched: boolean;
}

/** Fetches every address that the plan promises, and tells which commit answers. `headSha` is GitHub's own word for the head. */
export async function fetchUrls(
  cloud: LocalCloud,
  { plan, rows, headSha }: { plan: Plan; rows: Seen['rows']; headSha: string },
): Promise<FetchedUrl[]> {
  const all = plan.services.flatMap(({ name, urls }) => urls.map((url) => ({ service: name, url })));
  return await Promise.all(
    all.map(async ({ service, url }) => {
      const isTouched = isBuiltFromHead(rows, service);
      if (!cloud.aws) {
        return { service, url, status: null, image: null, sha: null, isHead: false, isTouched };
      }
      const response = await cloud.fetch(url, { headers: { accept: 'application/json' } });
      const body: unknown = response.status === 200 ? await response.json() : {};
      const image = typeof body === 'object' && body !== null && 'image' in body ? String(body.image) : null;
      const sha = image === null ? null : commitOf(image, cloud);
      return { service, url, status: response.status, image, sha, isHead: sha === headSha, isTouched };
    }),
  );
}

function isBuiltFromHead(rows: Seen['rows'], service: string): boolean {
  const { outputs } = rows.find(({ key }) => key === `image/${service}`) ?? {};
  return typeof outputs === 'object' && outputs !== null && 'origin' in outputs && outputs.origin === 'head';
}

/** The first users' tags end with the first ten digits of a commit. */
function commitOf(image: string, { github, seed }: LocalCloud): string | null {
  const [digits] = /[0-9a-f]{10}$/.exec(image) ?? [];
  const { commits } = github.store.repository(seed.repository);
  return (digits !== undefined && [...commits.keys()].find((sha) => sha.startsWith(digits))) || null;
}
