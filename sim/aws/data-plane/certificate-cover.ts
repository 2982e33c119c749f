import type { Listener } from '../elbv2/state.ts';
import type { World } from '../world.ts';

/** Whether a certificate's name is good for the host: equal, or a wildcard for exactly its first label (RFC 6125). */
export function nameCovers(name: string, host: string): boolean {
  if (!name.startsWith('*.')) {
    return name === host;
  }
  const firstDot = host.indexOf('.');
  return firstDot > 0 && host.slice(firstDot) === name.slice(1);
}

/** Whether the listener has an issued certificate, default or listed, that a browser accepts for the host. */
export function listenerCovers(world: World, listener: Listener, host: string): boolean {
  const arns = [...listener.certificateArns, listener.defaultCertificateArn ?? ''];
  return arns.some((arn) => {
    const certificate = world.acm.certificates.get(arn);
    return certificate?.status === 'ISSUED' && certificate.alternativeNames.some((name) => nameCovers(name, host));
  });
}
