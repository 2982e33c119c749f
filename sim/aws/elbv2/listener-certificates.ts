import type {
  AddListenerCertificatesInput,
  AddListenerCertificatesOutput,
  Certificate,
  DescribeListenerCertificatesInput,
  DescribeListenerCertificatesOutput,
  RemoveListenerCertificatesInput,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { isUsable } from '../acm/usable.ts';
import { holdReleasedCertificates } from '../acm/usage.ts';
import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import { listenerOf } from './listener-lookup.ts';
import { pageOf } from './paging.ts';
import { quotas } from './quotas.ts';
import { validationError } from './validation-error.ts';

/** A certificate that ACM has not issued is refused as if its contents were at fault. */
export function refuseUnusableCertificate(world: World, arn: string): void {
  if (!world.acm.certificates.has(arn)) {
    throw new Refusal('CertificateNotFoundException', `Certificate '${arn}' not found`);
  }
  if (!isUsable(world, arn)) {
    throw new Refusal(
      'UnsupportedCertificate',
      `The certificate '${arn}' must have a fully-qualified domain name, a supported signature, and a supported key size.`,
    );
  }
}

function onlyCertificate(given: readonly Certificate[]): string {
  const [certificate, ...more] = given;
  if (!certificate?.CertificateArn || more.length > 0) {
    throw validationError('Exactly one certificate must be specified');
  }
  if (certificate.IsDefault !== undefined) {
    throw validationError('IsDefault cannot be specified; the default certificate is changed with ModifyListener');
  }
  return certificate.CertificateArn;
}

/** May be repeated: a certificate already in the list stays there once. */
export function addListenerCertificates(
  world: World,
  { ListenerArn, Certificates = [] }: AddListenerCertificatesInput,
): AddListenerCertificatesOutput {
  const listener = listenerOf(world, ListenerArn);
  const arn = onlyCertificate(Certificates);
  if (listener.protocol !== 'HTTPS') {
    throw validationError(`Certificates cannot be added to listener '${listener.arn}' with protocol HTTP`);
  }
  refuseUnusableCertificate(world, arn);
  refuseTooMany(world, { loadBalancerArn: listener.loadBalancerArn, added: arn });
  listener.certificateArns.add(arn);
  return { Certificates: [{ CertificateArn: arn, IsDefault: false }] };
}

function refuseTooMany(world: World, { loadBalancerArn, added }: { loadBalancerArn: string; added: string }): void {
  const listeners = [...world.elbv2.listeners.values()].filter((other) => other.loadBalancerArn === loadBalancerArn);
  const used = new Set(listeners.flatMap((listener) => [...listener.certificateArns]));
  const most = quotas['certificates-per-application-load-balancer'];
  if (!used.has(added) && used.size >= most) {
    throw new Refusal(
      'TooManyCertificatesException',
      `The maximum number of certificates, ${most}, has been reached for load balancer '${loadBalancerArn}'`,
    );
  }
}

/** A certificate that is not in the list is passed over. */
export function removeListenerCertificates(
  world: World,
  { ListenerArn, Certificates = [] }: RemoveListenerCertificatesInput,
): void {
  const listener = listenerOf(world, ListenerArn);
  const arn = onlyCertificate(Certificates);
  if (listener.defaultCertificateArn === arn && !listener.certificateArns.has(arn)) {
    throw new Refusal('OperationNotPermittedException', `Default certificate '${arn}' cannot be removed`);
  }
  if (listener.certificateArns.delete(arn)) {
    holdReleasedCertificates(world, [arn]);
  }
}

/** The default certificate comes first; when it is in the list too, it is there twice. */
export function describeListenerCertificates(
  world: World,
  input: DescribeListenerCertificatesInput,
): DescribeListenerCertificatesOutput {
  const listener = listenerOf(world, input.ListenerArn);
  const listed = [
    ...(listener.defaultCertificateArn === undefined ? [] : [{ arn: listener.defaultCertificateArn, isDefault: true }]),
    ...[...listener.certificateArns].map((arn) => ({ arn, isDefault: false })),
  ];
  const { page, NextMarker } = pageOf(listed, ({ arn, isDefault }) => `${isDefault ? 0 : 1}${arn}`, input);
  return {
    Certificates: page.map(({ arn, isDefault }) => ({ CertificateArn: arn, IsDefault: isDefault })),
    NextMarker,
  };
}
