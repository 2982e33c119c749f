import { leftoversOf } from '../../sim/demo/leftovers.ts';
import { createPlans } from '../../sim/demo/plans.ts';
import { type Seen, until } from '../../sim/demo/watching.ts';
import type { LocalCloud } from '../../sim/local/local-cloud.ts';

const PULL_REQUEST = 1721;
/** By the wall: the emulator decides how long its work takes. */
const LIMIT_SECONDS = 600;

export interface LivedEnvironment {
  readonly name: string;
  /** From the label to the head being served, by the wall. */
  readonly readySeconds: number;
  /** How many resources it asked for; each of them was seen gone. */
  readonly resources: number;
  /** What each of its addresses answered through the load balancer; empty where nothing runs behind one. */
  readonly statuses: Readonly<Record<string, number>>;
  readonly goneSeconds: number;
  /** What stands of it when it has ended, found by name at each service. */
  readonly leftovers: readonly string[];
}

/** A person labels a pull request, waits for its environment, visits it, and closes the pull request. */
export async function liveAndEnd(cloud: LocalCloud, { visits }: { visits: boolean }): Promise<LivedEnvironment> {
  const { github, seed, label } = cloud;
  const at = { repository: seed.repository, number: PULL_REQUEST, actor: seed.people.developer };
  const labelledAt = performance.now();
  github.actions.label({ ...at, label });
  const ready = await watched(cloud, 'the environment', ({ record }) => record.servedSha === record.intent.headSha);
  const readySeconds = secondsSince(labelledAt);
  const statuses = visits ? await visit(cloud, ready) : {};
  const closedAt = performance.now();
  github.actions.close(at);
  const gone = await watched(cloud, 'the end', ({ record }) => record.goneAt !== null);
  const goneSeconds = secondsSince(closedAt);
  const { name } = gone.record.identity;
  return {
    name,
    readySeconds,
    resources: gone.rows.filter(({ goneAt }) => goneAt !== null).length,
    statuses,
    goneSeconds,
    leftovers: await leftoversOf(name, cloud),
  };
}

async function watched(cloud: LocalCloud, what: string, isThere: (seen: Seen) => boolean): Promise<Seen> {
  const goal = { what, pullRequest: PULL_REQUEST, repository: cloud.seed.repository, limitSeconds: LIMIT_SECONDS };
  return await until(cloud, { ...goal, isThere }, () => undefined);
}

async function visit(cloud: LocalCloud, { record }: Seen): Promise<Record<string, number>> {
  const { services } = createPlans(cloud.platform).of(record);
  const urls = services.flatMap((service) => service.urls);
  const answers = await Promise.all(urls.map(async (url) => [url, (await cloud.fetch(url)).status] as const));
  return Object.fromEntries(answers);
}

function secondsSince(instant: number): number {
  return Math.round((performance.now() - instant) / 100) / 10;
}
