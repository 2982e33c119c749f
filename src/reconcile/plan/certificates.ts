import { type CertificateNames, certificateFor, uncoveredHosts } from '../../domain/certificates.ts';
import { shortDigest } from '../../domain/digest.ts';
import type { DnsRecord } from '../../domain/resource.ts';
import { certificateToken } from '../../domain/resource-name.ts';
import { type AnyNode, type Need, node, output, ready } from '../graph/node.ts';
import type { PlanContext } from './context.ts';
import { type Listener, listenersOf, publicServices } from './hosts.ts';

const TITLE = 'Certificate';
const CNAME_TTL_SECONDS = 60;

/** A certificate's names cannot be changed, so other names are another certificate, with keys of its own. */
interface WantedCertificate {
  readonly key: string;
  readonly digest: string;
  readonly names: CertificateNames;
  readonly listeners: readonly Listener[];
}

/** Undefined when every host is covered by a certificate that its listener has for good: a wildcard covers one label. */
function wantedCertificate(context: PlanContext): WantedCertificate | undefined {
  const uncovered = uncoveredByListener(context);
  const hosts = [...new Set([...uncovered.values()].flat())].sort();
  if (hosts.length === 0) {
    return undefined;
  }
  const names = certificateFor(context.record.identity.name, context.platform.dns.zone, hosts);
  const digest = shortDigest(namesIn(names).join(' '), 8);
  return { key: `certificate/${digest}`, digest, names, listeners: [...uncovered.keys()] };
}

function namesIn({ domainName, alternativeNames }: CertificateNames): string[] {
  return [domainName, ...alternativeNames];
}

function uncoveredByListener(context: PlanContext): Map<Listener, string[]> {
  const uncovered = new Map<Listener, string[]>();
  for (const service of publicServices(context)) {
    for (const listener of listenersOf(context, service).filter(({ protocol }) => protocol === 'HTTPS')) {
      const bare = uncoveredHosts(listener.certificateNames, context.hostsOf(service));
      if (bare.length > 0) {
        uncovered.set(listener, [...(uncovered.get(listener) ?? []), ...bare]);
      }
    }
  }
  return uncovered;
}

/** The certificate that has to be asked for, the records that prove the zone is ours, and its place on each listener. */
export function certificateNodes(context: PlanContext): AnyNode[] {
  const wanted = wantedCertificate(context);
  if (!wanted) {
    return [];
  }
  const { key, digest, names } = wanted;
  return [
    node({
      key,
      kind: 'certificate',
      name: context.physicalName('certificate', digest),
      title: TITLE,
      service: null,
      needs: [],
      spec: () => ({ ...names, idempotencyToken: tokenOf(context, names) }),
    }),
    node({
      key: 'dns-records/validation',
      kind: 'dns-records',
      name: context.physicalName('dns-records', 'validation'),
      title: TITLE,
      service: null,
      needs: [output<'certificate'>(key, 'validationRecords')],
      spec: (known) => ({
        zoneId: context.platform.dns.zoneId,
        records: (known.outputs('certificate', key).validationRecords ?? []).map(validationRecord),
      }),
    }),
    ...wanted.listeners.map((listener) => listenerNode(context, wanted, listener)),
  ];
}

/**
 * ACM remembers a token for an hour; the life's beginning is in it, or an environment made again would be given the one just
 * deleted. (Lives are counted from one again when Mayfly's own record is lost.)
 */
function tokenOf({ platform, record }: PlanContext, names: CertificateNames): string {
  return certificateToken({
    platform: platform.name,
    environment: record.identity,
    names: [...namesIn(names), record.createdAt.toISOString()],
  });
}

function listenerNode(context: PlanContext, { key, digest }: WantedCertificate, listener: Listener): AnyNode {
  return node({
    key: listenerKey(listener, digest),
    kind: 'listener-certificate',
    name: context.physicalName('listener-certificate', `${listener.port}-${digest}`),
    title: TITLE,
    service: null,
    needs: [ready(key)],
    spec: (known) => ({ listenerArn: listener.arn, certificateArn: known.outputs('certificate', key).arn ?? '' }),
  });
}

function listenerKey({ port }: Listener, digest: string): string {
  return `listener-certificate/${port}-${digest}`;
}

function validationRecord({ name, value }: { name: string; value: string }): DnsRecord {
  return {
    name: name.replace(/\.$/, '').toLowerCase(),
    type: 'CNAME',
    target: { values: [value], ttlSeconds: CNAME_TTL_SECONDS },
  };
}

/** What must be ready before a public address answers. */
export function reachabilityNeeds(context: PlanContext): Need[] {
  const records = publicServices(context).length > 0 ? [ready('dns-records/hosts')] : [];
  const wanted = wantedCertificate(context);
  return [
    ...records,
    ...(wanted?.listeners ?? []).map((listener) => ready(listenerKey(listener, wanted?.digest ?? ''))),
  ];
}
