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

/** Whether a certificate of the listener, default or listed, is good for the host; none gets onto one before it is issued. */
export function listenerCovers(world: World, listener: Listener, host: string): boolean {
  const arns = [...listener.certificateArns, listener.defaultCertificateArn ?? ''];
  const names = arns.flatMap((arn) => world.acm.certificates.get(arn)?.alternativeNames ?? []);
  return names.some((name) => nameCovers(name, host));
}
