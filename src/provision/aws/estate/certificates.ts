import { type CertificateSummary, ListCertificatesCommand } from '@aws-sdk/client-acm';
import { DescribeListenerCertificatesCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { TAG_KEYS } from '../../../domain/tags.ts';
import { certificateTags } from '../certificates.ts';
import { ask } from '../errors.ts';
import { allPages, askEach, type Reading, type TaggedThing } from './reading.ts';
import { isHostOf } from './record-names.ts';

const CALLS_PER_SECOND = 5;

/**
 * Certificates for hosts of the environment that their tags name, and where the platform's listeners hold one of them. The
 * zone of another platform can lie in this one's: a name below the zone alone shows nothing.
 */
export async function readCertificates(reading: Reading): Promise<TaggedThing[]> {
  const { clients, pause } = reading;
  const listed = await askEach(await ofTheZone(reading), { perSecond: CALLS_PER_SECOND, pause }, async (summary) => {
    const { CertificateArn: arn = '', DomainName: domain = '' } = summary;
    const tags = await certificateTags(clients.acm, arn);
    return { arn, domain, tags, label: tags[TAG_KEYS.name] ?? arn };
  });
  const certificates = listed.filter(({ domain, tags }) =>
    isHostOf(domain.toLowerCase(), tags[TAG_KEYS.environment] ?? '', reading.scope),
  );
  const held = await attachments(reading);
  return certificates.flatMap(({ arn, tags, label }): TaggedThing[] => [
    { kind: 'certificate', name: arn, label, tags, isWitness: true, spec: null, recorded: { arn } },
    ...held
      .filter(({ certificateArn }) => certificateArn === arn)
      .map(({ listenerArn }) => ({
        kind: 'listener-certificate' as const,
        name: `${listenerArn} ${arn}`,
        label,
        tags,
        isWitness: false,
        spec: { listenerArn, certificateArn: arn },
        recorded: null,
      })),
  ]);
}

async function ofTheZone({ clients, scope }: Reading): Promise<CertificateSummary[]> {
  const summaries = await allPages(async (NextToken) => {
    const page = await ask('listing the certificates', () =>
      clients.acm.send(new ListCertificatesCommand({ NextToken })),
    );
    return { items: page.CertificateSummaryList, next: page.NextToken };
  });
  return summaries.filter(({ DomainName = '' }) => DomainName.toLowerCase().endsWith(`.${scope.zone}`));
}

/** Without the listeners' own, default certificates. */
async function attachments({ clients, scope }: Reading): Promise<{ listenerArn: string; certificateArn: string }[]> {
  const secure = scope.listeners.filter(({ protocol }) => protocol === 'HTTPS');
  const found = await Promise.all(
    secure.map(async ({ arn: ListenerArn }) => {
      const certificates = await allPages(async (Marker) => {
        const page = await ask('listing the certificates of the listener', () =>
          clients.elb.send(new DescribeListenerCertificatesCommand({ ListenerArn, Marker })),
        );
        return { items: page.Certificates, next: page.NextMarker };
      });
      return certificates
        .filter(({ IsDefault }) => IsDefault !== true)
        .map(({ CertificateArn = '' }) => ({ listenerArn: ListenerArn, certificateArn: CertificateArn }));
    }),
  );
  return found.flat();
}
