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
  /** Whether the image's tag carries the pull request's head. */
  readonly isHead: boolean;
  /** Whether the pull request touches the service: others rightly run the base branch's image. */
  readonly isTouched: boolean;
}

export async function fetchUrls(cloud: LocalCloud, plan: Plan, { record, rows }: Seen): Promise<FetchedUrl[]> {
  const sha = record.intent.headSha.slice(0, 10);
  const all = plan.services.flatMap(({ name, urls }) => urls.map((url) => ({ service: name, url })));
  return await Promise.all(
    all.map(async ({ service, url }) => {
      const { outputs } = rows.find(({ key }) => key === `image/${service}`) ?? {};
      const isTouched =
        typeof outputs === 'object' && outputs !== null && 'origin' in outputs && outputs.origin === 'head';
      if (!cloud.aws) {
        return { service, url, status: null, image: null, isHead: false, isTouched };
      }
      const response = await cloud.fetch(url, { headers: { accept: 'application/json' } });
      const body: unknown = response.status === 200 ? await response.json() : {};
      const image = typeof body === 'object' && body !== null && 'image' in body ? String(body.image) : null;
      return { service, url, status: response.status, image, isHead: image?.endsWith(sha) ?? false, isTouched };
    }),
  );
}
