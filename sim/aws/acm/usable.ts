import type { World } from '../world.ts';

/** Whether other services accept the certificate: it is ISSUED, and has been for as long as the news takes to get around. */
export function isUsable(world: World, certificateArn: string): boolean {
  const certificate = world.acm.certificates.get(certificateArn);
  if (certificate?.status !== 'ISSUED' || !certificate.issuedAt) {
    return false;
  }
  const usableAt = certificate.issuedAt.getTime() + world.durations.certificateUsableAfterIssue * 1000;
  return world.clock.now().getTime() >= usableAt;
}
