import {
  type ACMClient,
  DescribeCertificateCommand,
  type DomainValidation,
  ListCertificatesCommand,
  RequestCertificateCommand,
} from '@aws-sdk/client-acm';
import {
  ChangeResourceRecordSetsCommand,
  CreateHostedZoneCommand,
  ListHostedZonesCommand,
  type Route53Client,
} from '@aws-sdk/client-route-53';
import { given } from './network.ts';

export interface SeededZone {
  readonly zoneId: string;
  readonly zoneName: string;
  /** Issued for the zone and one label under it. */
  readonly defaultCertificateArn: string;
}

interface Waiting {
  readonly zone: string;
  /** See `SeedOptions`. */
  readonly certificateMayPend?: boolean;
  pause(seconds: number): Promise<void>;
}

const LOOKS = 200;
const PAUSE_SECONDS = 10;

/** A hosted zone, and the certificate of its load balancer, validated through the zone. */
export async function seedZone(
  { route53, acm }: { route53: Route53Client; acm: ACMClient },
  { zone, pause, certificateMayPend = false }: Waiting,
): Promise<SeededZone> {
  const id = (await standingZone(route53, zone)) ?? (await createZone(route53, zone));
  const zoneId = given(id, 'a zone id').replace('/hostedzone/', '');
  const arn = given(
    (await standingCertificate(acm, zone)) ?? (await requestCertificate(acm, zone)),
    'a certificate ARN',
  );
  const shown = await look(acm, { arn, pause, until: ({ record }) => record !== undefined });
  await writeValidationRecord(route53, { zoneId, record: given(shown.record, 'a validation record') });
  if (!certificateMayPend) {
    await look(acm, { arn, pause, until: ({ status }) => status === 'ISSUED' });
  }
  return { zoneId, zoneName: zone, defaultCertificateArn: arn };
}

async function standingZone(route53: Route53Client, zone: string): Promise<string | undefined> {
  const { HostedZones = [] } = await route53.send(new ListHostedZonesCommand({}));
  return HostedZones.find(({ Name }) => Name === `${zone}.`)?.Id;
}

async function createZone(route53: Route53Client, zone: string): Promise<string | undefined> {
  const created = await route53.send(new CreateHostedZoneCommand({ Name: zone, CallerReference: `seed-${zone}` }));
  return created.HostedZone?.Id;
}

async function standingCertificate(acm: ACMClient, zone: string): Promise<string | undefined> {
  const { CertificateSummaryList = [] } = await acm.send(new ListCertificatesCommand({}));
  return CertificateSummaryList.find(({ DomainName }) => DomainName === `*.${zone}`)?.CertificateArn;
}

async function requestCertificate(acm: ACMClient, zone: string): Promise<string | undefined> {
  const { CertificateArn } = await acm.send(
    new RequestCertificateCommand({
      DomainName: `*.${zone}`,
      SubjectAlternativeNames: [zone],
      ValidationMethod: 'DNS',
    }),
  );
  return CertificateArn;
}

type ValidationRecord = NonNullable<DomainValidation['ResourceRecord']>;

interface Looked {
  readonly status: string | undefined;
  readonly record: ValidationRecord | undefined;
}

async function look(
  acm: ACMClient,
  { arn, pause, until }: { arn: string; pause: Waiting['pause']; until: (looked: Looked) => boolean },
): Promise<Looked> {
  for (let looks = 0; looks < LOOKS; looks += 1) {
    const { Certificate } = await acm.send(new DescribeCertificateCommand({ CertificateArn: arn }));
    const looked = { status: Certificate?.Status, record: Certificate?.DomainValidationOptions?.[0]?.ResourceRecord };
    if (until(looked)) {
      return looked;
    }
    await pause(PAUSE_SECONDS);
  }
  throw new Error(`the certificate ${arn} did not get there`);
}

async function writeValidationRecord(
  route53: Route53Client,
  { zoneId, record }: { zoneId: string; record: ValidationRecord },
): Promise<void> {
  const ResourceRecordSet = {
    Name: record.Name,
    Type: record.Type,
    TTL: 300,
    ResourceRecords: [{ Value: record.Value }],
  };
  await route53.send(
    new ChangeResourceRecordSetsCommand({
      HostedZoneId: zoneId,
      ChangeBatch: { Changes: [{ Action: 'UPSERT', ResourceRecordSet }] },
    }),
  );
}
