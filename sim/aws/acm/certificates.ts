import type {
  CertificateDetail,
  CertificateSummary,
  DeleteCertificateRequest,
  DescribeCertificateRequest,
  DescribeCertificateResponse,
  ListCertificatesRequest,
  ListCertificatesResponse,
} from '@aws-sdk/client-acm';
import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import { certificateOf } from './certificate-lookup.ts';
import type { Certificate, DomainValidation } from './state.ts';
import { loadBalancersUsing } from './usage.ts';

const LIFETIME_DAYS = 395;
const LARGEST_PAGE = 1000;

/** The validation records are missing from the answer for the first seconds. */
export function describeCertificate(
  world: World,
  { CertificateArn }: DescribeCertificateRequest,
): DescribeCertificateResponse {
  const certificate = certificateOf(world, CertificateArn);
  return { Certificate: detailOf(world, certificate) };
}

function detailOf(world: World, certificate: Certificate): CertificateDetail {
  const showsRecords = world.clock.now() >= certificate.recordsShownAt;
  return {
    CertificateArn: certificate.arn,
    DomainName: certificate.domainName,
    SubjectAlternativeNames: [...certificate.alternativeNames],
    DomainValidationOptions: certificate.validations.map((validation) => describeValidation(validation, showsRecords)),
    Subject: `CN=${certificate.domainName}`,
    CreatedAt: certificate.createdAt,
    Status: certificate.status,
    KeyAlgorithm: certificate.keyAlgorithm,
    SignatureAlgorithm: 'SHA256WITHRSA',
    InUseBy: loadBalancersUsing(world, certificate.arn),
    Type: 'AMAZON_ISSUED',
    RenewalEligibility: 'INELIGIBLE',
    Options: { CertificateTransparencyLoggingPreference: 'ENABLED' },
    ...(certificate.issuedAt === undefined ? {} : issuedMembers(certificate.issuedAt)),
  };
}

function issuedMembers(issuedAt: Date): CertificateDetail {
  const notAfter = new Date(issuedAt.getTime() + LIFETIME_DAYS * 24 * 3600 * 1000);
  return { IssuedAt: issuedAt, Issuer: 'Amazon', NotBefore: issuedAt, NotAfter: notAfter };
}

function describeValidation({ domainName, status, record }: DomainValidation, showsRecord: boolean) {
  return {
    DomainName: domainName,
    ValidationDomain: domainName,
    ValidationStatus: status,
    ValidationMethod: 'DNS' as const,
    ...(showsRecord ? { ResourceRecord: { Name: record.name, Type: 'CNAME' as const, Value: record.value } } : {}),
  };
}

export function listCertificates(world: World, input: ListCertificatesRequest): ListCertificatesResponse {
  const { CertificateStatuses = [], NextToken, MaxItems = LARGEST_PAGE } = input;
  const from = NextToken === undefined ? '' : Buffer.from(NextToken, 'base64url').toString();
  const rest = [...world.acm.certificates.values()]
    .filter(({ status }) => CertificateStatuses.length === 0 || CertificateStatuses.includes(status))
    .filter(({ arn }) => arn >= from)
    .toSorted((a, b) => (a.arn < b.arn ? -1 : 1));
  const next = rest[MaxItems];
  return {
    CertificateSummaryList: rest.slice(0, MaxItems).map((certificate) => summaryOf(world, certificate)),
    ...(next ? { NextToken: Buffer.from(next.arn).toString('base64url') } : {}),
  };
}

function summaryOf(world: World, certificate: Certificate): CertificateSummary {
  return {
    CertificateArn: certificate.arn,
    DomainName: certificate.domainName,
    SubjectAlternativeNameSummaries: [...certificate.alternativeNames],
    HasAdditionalSubjectAlternativeNames: false,
    Status: certificate.status,
    Type: 'AMAZON_ISSUED',
    KeyAlgorithm: certificate.keyAlgorithm,
    InUse: loadBalancersUsing(world, certificate.arn).length > 0,
    RenewalEligibility: 'INELIGIBLE',
    CreatedAt: certificate.createdAt,
    ...(certificate.issuedAt === undefined ? {} : { IssuedAt: certificate.issuedAt }),
  };
}

/** Refused while a listener holds it, and for a while after the last one let go. */
export function deleteCertificate(world: World, { CertificateArn }: DeleteCertificateRequest): void {
  const certificate = certificateOf(world, CertificateArn);
  const isHeld = certificate.releasedAt !== undefined && world.clock.now() < certificate.releasedAt;
  if (isHeld || loadBalancersUsing(world, certificate.arn).length > 0) {
    throw new Refusal(
      'ResourceInUseException',
      `Certificate ${certificate.arn} in account ${world.accountId} is in use.`,
    );
  }
  certificate.cancelTimer();
  world.acm.certificates.delete(certificate.arn);
  world.tagIndex.remove(certificate.arn);
}
