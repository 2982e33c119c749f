import type { Certificate, CreateListenerInput } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { World } from '../world.ts';
import { refuseUnusableCertificate } from './listener-certificates.ts';
import type { Listener } from './state.ts';
import { checkRange, validationError } from './validation-error.ts';

const DEFAULT_SSL_POLICY = 'ELBSecurityPolicy-2016-08';

/** What a listener accepts: where, and how it proves who it is. */
export type Traffic = Pick<Listener, 'port' | 'protocol' | 'sslPolicy' | 'defaultCertificateArn'>;
type TrafficInput = Pick<CreateListenerInput, 'Port' | 'Protocol' | 'SslPolicy' | 'Certificates'>;

/** What the call asks for, over what the listener has (undefined for a new one). */
export function readTraffic(world: World, current: Traffic | undefined, input: TrafficInput): Traffic {
  const protocol = input.Protocol ?? current?.protocol;
  const port = input.Port ?? current?.port;
  if (port === undefined) {
    throw validationError('A port must be specified');
  }
  checkRange('Port', port, [1, 65535]);
  if (protocol === 'HTTP') {
    refuseCertificates(input.Certificates);
    return { port, protocol, sslPolicy: undefined, defaultCertificateArn: undefined };
  }
  if (protocol === 'HTTPS') {
    return { port, protocol, ...readSecurity(world, current, input) };
  }
  throw validationError('A listener of an application load balancer must have protocol HTTP or HTTPS');
}

function refuseCertificates(certificates: readonly Certificate[] = []): void {
  if (certificates.length > 0) {
    throw validationError('A certificate cannot be specified for HTTP listeners');
  }
}

function readSecurity(
  world: World,
  current: Traffic | undefined,
  { SslPolicy, Certificates = [] }: TrafficInput,
): Pick<Traffic, 'sslPolicy' | 'defaultCertificateArn'> {
  const [certificate, ...more] = Certificates;
  const defaultCertificateArn = certificate?.CertificateArn ?? current?.defaultCertificateArn;
  if (defaultCertificateArn === undefined || more.length > 0) {
    throw validationError('Exactly one default certificate must be specified for HTTPS listeners');
  }
  if (certificate) {
    refuseUnusableCertificate(world, defaultCertificateArn);
  }
  return { sslPolicy: SslPolicy ?? current?.sslPolicy ?? DEFAULT_SSL_POLICY, defaultCertificateArn };
}
