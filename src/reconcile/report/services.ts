import type { OutputsOf, SpecOf } from '../../domain/resource.ts';
import { type NodeStanding, outputsOf } from '../graph/standing.ts';
import type { PlannedService } from '../plan/plan.ts';
import type { EnvironmentReport, ServiceReport } from '../reporter.ts';
import type { EnvironmentRecord, ResourceRecord } from '../store.ts';
import type { PassView } from './pass-view.ts';

export function servicesOf({ plan, standings, rows }: PassView, record: EnvironmentRecord): ServiceReport[] {
  if (!plan) {
    return record.intent.state === 'present' && record.servedSha !== null ? servicesOnRecord(rows) : [];
  }
  return plan.services.map((service) => {
    const own = standings.filter(({ node }) => service.keys.includes(node.key));
    return { name: service.name, urls: service.urls, state: stateOf(own), image: imageOf(service, standings, record) };
  });
}

/** What went on running when a blueprint that cannot be followed was pushed: the ledger still says what it answers to. */
function servicesOnRecord(rows: readonly ResourceRecord[]): ServiceReport[] {
  const standing = rows.filter(({ state }) => state === 'ready');
  const rules = standing.filter(({ kind }) => kind === 'listener-rule');
  return standing
    .filter(({ kind }) => kind === 'service')
    .map(({ key, spec }) => {
      const groups = (spec as SpecOf<'service'>).loadBalancers.map(({ targetGroupArn }) => targetGroupArn);
      const urls = rules.flatMap((rule) => addressesOf(rule, groups));
      return { name: key.replace(/^service\//, ''), urls: [...new Set(urls)], state: 'ready' as const, image: null };
    });
}

function addressesOf({ key, spec }: ResourceRecord, targetGroupArns: readonly string[]): string[] {
  const { hosts, sourceCidrs, targetGroupArn } = spec as SpecOf<'listener-rule'>;
  const isOpen = targetGroupArns.includes(targetGroupArn) && sourceCidrs.length === 0;
  // `listener-rule/api-80`: the listener's port, and with many hosts a number behind it.
  const protocol = /-80(-\d+)?$/.test(key) ? 'http' : 'https';
  return isOpen ? hosts.map((host) => `${protocol}://${host}`) : [];
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
  // While the head is held, the commit that was read before it is the one that runs.
  const commits = origin === 'head' ? [intent.headSha, resolution?.headSha] : [resolution?.baseCommits[name]];
  const commit = commits.find((sha) => sha !== undefined && tag.includes(sha.slice(0, 7)));
  return { tag: commit?.slice(0, 7) ?? tag, origin };
}

export function databaseOf({ plan, standings }: PassView): EnvironmentReport['database'] {
  if (!plan?.database) {
    return null;
  }
  const { source, passport, capacity, clusterKey } = plan.database;
  const standing = standings.find(({ node }) => node.key === clusterKey)?.standing;
  const { endpoint } = (standing ? outputsOf(standing) : {}) as Partial<OutputsOf<'clone-cluster'>>;
  return { source, passport, capacity, endpoint: endpoint ?? null };
}
