import { ACMClient, DescribeCertificateCommand, RequestCertificateCommand } from '@aws-sdk/client-acm';
import { ChangeResourceRecordSetsCommand, CreateHostedZoneCommand, Route53Client } from '@aws-sdk/client-route-53';
import type { AwsSimulator } from '../../../../sim/aws/server.ts';
import type { SteppedClock } from '../../../../sim/clock.ts';
import type { AwsClientOptions } from '../../../support/aws-simulator.ts';

export interface Account {
  readonly aws: AwsSimulator;
  readonly clock: SteppedClock;
  readonly client: AwsClientOptions;
}

/** Makes a zone, with its own records in INSYNC. */
export async function createZone({ aws, clock, client }: Account, Name: string): Promise<string> {
  const route53 = new Route53Client(client);
  const { HostedZone } = await route53.send(new CreateHostedZoneCommand({ Name, CallerReference: Name }));
  clock.advance(aws.world.durations.dnsInSync);
  return HostedZone?.Id ?? '';
}

/** Puts every validation record of the certificate into the zone; it is PENDING when this resolves. */
export async function proveDomains({ client }: Account, HostedZoneId: string, CertificateArn: string): Promise<void> {
  const { Certificate } = await new ACMClient(client).send(new DescribeCertificateCommand({ CertificateArn }));
  const records = new Map(
    (Certificate?.DomainValidationOptions ?? []).map(({ ResourceRecord }) => [ResourceRecord?.Name, ResourceRecord]),
  );
  const Changes = [...records.values()].map((record) => ({
    Action: 'UPSERT' as const,
    ResourceRecordSet: {
      Name: record?.Name,
      Type: 'CNAME' as const,
      TTL: 60,
      ResourceRecords: [{ Value: record?.Value }],
    },
  }));
  await new Route53Client(client).send(new ChangeResourceRecordSetsCommand({ HostedZoneId, ChangeBatch: { Changes } }));
}

/** A certificate for the names, issued and usable. */
export async function issueCertificate(
  account: Account,
  HostedZoneId: string,
  [DomainName, ...SubjectAlternativeNames]: readonly [string, ...string[]],
): Promise<string> {
  const { durations } = account.aws.world;
  const { CertificateArn = '' } = await new ACMClient(account.client).send(
    new RequestCertificateCommand({
      DomainName,
      ValidationMethod: 'DNS',
      ...(SubjectAlternativeNames.length > 0 ? { SubjectAlternativeNames } : {}),
    }),
  );
  account.clock.advance(durations.certificateRecordShown);
  await proveDomains(account, HostedZoneId, CertificateArn);
  account.clock.advance(durations.dnsInSync + durations.certificateIssued + durations.certificateUsableAfterIssue);
  return CertificateArn;
}
