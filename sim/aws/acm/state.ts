import type { CertificateStatus, DomainStatus, KeyAlgorithm } from '@aws-sdk/client-acm';

export interface DomainValidation {
  readonly domainName: string;
  status: DomainStatus;
  /** The CNAME that proves control of the domain: `*.x` and `x` share one. */
  readonly record: { readonly name: string; readonly value: string };
}

export interface Certificate {
  readonly arn: string;
  readonly domainName: string;
  /** The domain name stands first among them. */
  readonly alternativeNames: readonly string[];
  readonly keyAlgorithm: KeyAlgorithm;
  readonly createdAt: Date;
  /** Until then DescribeCertificate does not show the validation records. */
  readonly recordsShownAt: Date;
  readonly validations: readonly DomainValidation[];
  status: CertificateStatus;
  issuedAt: Date | undefined;
  tags: Readonly<Record<string, string>>;
  /** When ACM notices that no listener holds it any more. */
  releasedAt: Date | undefined;
  /** Stops whatever the certificate is waiting for. */
  cancelTimer: () => void;
}

/** What a RequestCertificate call said, so that its repetition within the hour answers with the same certificate. */
interface RememberedRequest {
  readonly request: string;
  readonly certificateArn: string;
  readonly forgottenAt: Date;
}

/** Everything ACM holds in this account and Region. */
export interface AcmState {
  /** By ARN. */
  readonly certificates: Map<string, Certificate>;
  /** When each certificate of the last year was requested; deleted ones still count. */
  readonly requestedAt: Date[];
  /** By idempotency token. */
  readonly rememberedRequests: Map<string, RememberedRequest>;
}

export function createAcmState(): AcmState {
  return { certificates: new Map(), requestedAt: [], rememberedRequests: new Map() };
}
