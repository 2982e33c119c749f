import type { RequestCertificateRequest, RequestCertificateResponse } from '@aws-sdk/client-acm';
import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import { readNames } from './domain-names.ts';
import type { Certificate } from './state.ts';
import { readTags } from './tags.ts';
import { awaitValidation, validationRecord } from './validation.ts';

const MOST_HELD = 2500;
const MOST_A_YEAR = 5000;
const YEAR_SECONDS = 365 * 24 * 3600;
const REMEMBERED_SECONDS = 3600;

/** The same token with the same request within an hour answers with the certificate that is already there. */
export function requestCertificate(world: World, input: RequestCertificateRequest): RequestCertificateResponse {
  const names = readNames(input.DomainName ?? '', input.SubjectAlternativeNames ?? []);
  refuseUnsupported(input);
  const tags = readTags(input.Tags);
  const now = world.clock.now();
  const request = JSON.stringify([names, input.ValidationMethod, input.KeyAlgorithm]);
  const token = readToken(input.IdempotencyToken);
  const remembered = token === undefined ? undefined : world.acm.rememberedRequests.get(token);
  if (
    remembered?.request === request &&
    now < remembered.forgottenAt &&
    world.acm.certificates.has(remembered.certificateArn)
  ) {
    return { CertificateArn: remembered.certificateArn };
  }
  refuseOverQuota(world);
  const certificate = createCertificate(world, input, names);
  certificate.tags = tags;
  world.acm.certificates.set(certificate.arn, certificate);
  world.acm.requestedAt.push(now);
  if (Object.keys(tags).length > 0) {
    world.tagIndex.put(certificate.arn, tags);
  }
  if (token !== undefined) {
    const forgottenAt = new Date(now.getTime() + REMEMBERED_SECONDS * 1000);
    world.acm.rememberedRequests.set(token, { request, certificateArn: certificate.arn, forgottenAt });
  }
  awaitValidation(world, certificate);
  return { CertificateArn: certificate.arn };
}

function refuseUnsupported({ ValidationMethod, CertificateAuthorityArn }: RequestCertificateRequest): void {
  if (ValidationMethod !== 'DNS' || CertificateAuthorityArn !== undefined) {
    throw new Refusal('InvalidParameterException', 'The local cloud issues public certificates validated by DNS only');
  }
}

function readToken(token: string | undefined): string | undefined {
  if (token !== undefined && !/^\w{1,32}$/.test(token)) {
    throw new Refusal(
      'ValidationException',
      `1 validation error detected: Value '${token}' at 'idempotencyToken' failed to satisfy constraint: Member must satisfy regular expression pattern: \\w+`,
    );
  }
  return token;
}

/** Certificates deleted since still count among those of the year. */
function refuseOverQuota(world: World): void {
  const yearAgo = world.clock.now().getTime() - YEAR_SECONDS * 1000;
  const inYear = world.acm.requestedAt.filter((instant) => instant.getTime() > yearAgo).length;
  if (world.acm.certificates.size >= MOST_HELD || inYear >= MOST_A_YEAR) {
    const most = inYear >= MOST_A_YEAR ? MOST_A_YEAR : MOST_HELD;
    throw new Refusal('LimitExceededException', `Error: you have reached your limit of ${most} certificates.`);
  }
}

function createCertificate(
  world: World,
  { KeyAlgorithm = 'RSA_2048' }: RequestCertificateRequest,
  names: readonly string[],
): Certificate {
  const hex = world.uniqueHex(32);
  const id = [8, 12, 16, 20, 32].map((end, index, ends) => hex.slice(ends[index - 1] ?? 0, end)).join('-');
  const createdAt = world.clock.now();
  return {
    arn: `arn:aws:acm:${world.region}:${world.accountId}:certificate/${id}`,
    domainName: names[0] ?? '',
    alternativeNames: names,
    keyAlgorithm: KeyAlgorithm,
    createdAt,
    recordsShownAt: new Date(createdAt.getTime() + world.durations.certificateRecordShown * 1000),
    validations: names.map((domainName) => ({
      domainName,
      status: 'PENDING_VALIDATION',
      record: validationRecord(world, domainName),
    })),
    status: 'PENDING_VALIDATION',
    issuedAt: undefined,
    releasedAt: undefined,
    tags: {},
    cancelTimer: () => undefined,
  };
}
