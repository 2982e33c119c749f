import type { DnsRecord } from '../../domain/resource.ts';
import { referencesOf } from '../../domain/template.ts';
import { type AnyNode, type Need, node, ready } from '../graph/node.ts';
import type { PlanContext } from './context.ts';
import { textsOf } from './texts.ts';

const HOSTS = 'Host names';
/** The records that lead every public host to the load balancer. */
export const PUBLIC_RECORDS_KEY = 'dns-records/hosts';
const CNAME_TTL_SECONDS = 60;
/** Short, because a task's address changes whenever the task is replaced. */
const ADDRESS_TTL_SECONDS = 5;

export type Listener = PlanContext['platform']['loadBalancer']['listeners'][number];

/** Listeners a public service answers on: those it names, else those that speak HTTPS, else all. */
export function listenersOf({ blueprint, platform }: PlanContext, service: string): readonly Listener[] {
  const { listeners } = platform.loadBalancer;
  const ports = blueprint.services[service]?.listeners;
  if (ports) {
    return listeners.filter(({ port }) => ports.includes(port));
  }
  const secure = listeners.filter(({ protocol }) => protocol === 'HTTPS');
  return secure.length > 0 ? secure : listeners;
}

export function publicServices({ blueprint }: PlanContext): string[] {
  return Object.entries(blueprint.services)
    .filter(([, { expose }]) => expose === 'public')
    .map(([name]) => name);
}

/** Names of public services, of services reached only inside, and the blueprint's aliases. */
export function recordNodes(context: PlanContext): AnyNode[] {
  return [...publicRecords(context), ...internalRecords(context), ...aliasRecords(context)];
}

function publicRecords(context: PlanContext): AnyNode[] {
  const { loadBalancer } = context.platform;
  const hosts = [...new Set(publicServices(context).flatMap(context.hostsOf))].sort();
  const alias = { dnsName: loadBalancer.dnsName, zoneId: loadBalancer.zoneId };
  const records = hosts.map((name): DnsRecord => ({ name, type: 'A', target: { alias } }));
  return records.length > 0 ? [recordsNode(context, 'hosts', { needs: [], records: () => records })] : [];
}

function internalRecords(context: PlanContext): AnyNode[] {
  const internal = Object.entries(context.blueprint.services).filter(([, { expose }]) => expose === 'internal');
  return internal.map(([service]) =>
    recordsNode(context, `internal-${service}`, {
      needs: [ready(`rollout/${service}`)],
      records: (known) => {
        const addresses = known.outputs('rollout', `rollout/${service}`).addresses ?? [];
        const target = { values: [...addresses].sort(), ttlSeconds: ADDRESS_TTL_SECONDS };
        return [{ name: `${service}.${context.domain}`, type: 'A', target }];
      },
    }),
  );
}

function aliasRecords(context: PlanContext): AnyNode[] {
  const texts = textsOf(context, null);
  const aliases = Object.entries(context.blueprint.aliases);
  // Aliases that wait for the clone must not hold up the others.
  const isLate = (target: string) => referencesOf(target).some((reference) => reference.startsWith('db.'));
  const groups = {
    aliases: aliases.filter(([, target]) => !isLate(target)),
    database: aliases.filter(([, target]) => isLate(target)),
  };
  return Object.entries(groups).flatMap(([part, members]) =>
    members.length === 0
      ? []
      : [
          recordsNode(context, part, {
            needs: texts.needs(members.map(([, target]) => target)),
            records: (known) =>
              members.map(([label, target]) => ({
                name: `${label}.${context.domain}`,
                type: 'CNAME',
                target: { values: [texts.render(target, known)], ttlSeconds: CNAME_TTL_SECONDS },
              })),
          }),
        ],
  );
}

/** A sentence for each alias of a host that is not the environment's own: what is done there is seen by others. */
export function sharedHosts({ blueprint, domain }: PlanContext): string[] {
  return Object.entries(blueprint.aliases)
    .filter(([, target]) => referencesOf(target).every((reference) => reference.startsWith('ref.')))
    .map(([label, target]) => `${label}.${domain} is ${target}, which other environments use as well.`);
}

function recordsNode(
  context: PlanContext,
  part: string,
  { needs, records }: { needs: Need[]; records: (known: Parameters<AnyNode['spec']>[0]) => DnsRecord[] },
): AnyNode {
  return node({
    key: `dns-records/${part}`,
    kind: 'dns-records',
    name: context.physicalName('dns-records', part),
    title: HOSTS,
    service: null,
    needs,
    spec: (known) => ({ zoneId: context.platform.dns.zoneId, records: records(known) }),
  });
}
