import type { OutputsOf } from '../../domain/resource.ts';
import { type NodeStanding, outputsOf } from '../graph/standing.ts';
import type { PassView } from '../pass/view.ts';
import type { PlannedService } from '../plan/plan.ts';
import type { EnvironmentReport, ServiceReport } from '../reporter.ts';
import type { EnvironmentRecord } from '../store.ts';

export function servicesOf({ plan, standings }: PassView, record: EnvironmentRecord): ServiceReport[] {
  return (plan?.services ?? []).map((service) => {
    const own = standings.filter(({ node }) => service.keys.includes(node.key));
    return { name: service.name, urls: service.urls, state: stateOf(own), image: imageOf(service, standings, record) };
  });
}

function stateOf(own: readonly NodeStanding[]): ServiceReport['state'] {
  if (own.some(({ standing }) => standing.state === 'failed' && standing.failure.actor !== 'nobody')) {
    return 'failing';
  }
  if (own.length > 0 && own.every(({ standing }) => standing.state === 'ready')) {
    return 'ready';
  }
  return own.some(({ node, standing }) => node.kind === 'service' && standing.state !== 'blocked')
    ? 'starting'
    : 'waiting';
}

function imageOf(
  { name, imageKey, externalTag }: PlannedService,
  standings: readonly NodeStanding[],
  { intent, resolution }: EnvironmentRecord,
): ServiceReport['image'] {
  if (externalTag !== null) {
    return { tag: externalTag, origin: 'external' };
  }
  const standing = standings.find(({ node }) => node.key === imageKey)?.standing;
  if (standing?.state !== 'ready') {
    return null;
  }
  const { tag, origin } = standing.outputs as OutputsOf<'image'>;
  // A tag may be long and hold the branch; people know an image by its commit.
  const commit = origin === 'head' ? intent.headSha : resolution?.baseCommits[name];
  return { tag: commit && tag.includes(commit.slice(0, 7)) ? commit.slice(0, 7) : tag, origin };
}

export function databaseOf({ plan, standings }: PassView): EnvironmentReport['database'] {
  if (!plan?.database) {
    return null;
  }
  const { source, capacity, clusterKey } = plan.database;
  const standing = standings.find(({ node }) => node.key === clusterKey)?.standing;
  const { endpoint } = (standing ? outputsOf(standing) : {}) as Partial<OutputsOf<'clone-cluster'>>;
  return { source, capacity, endpoint: endpoint ?? null };
}
