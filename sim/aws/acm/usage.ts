import type { World } from '../world.ts';

/** The load balancers whose listeners hold the certificate, as default or in their list. */
export function loadBalancersUsing(world: World, certificateArn: string): string[] {
  const using = [...world.elbv2.listeners.values()].filter(
    ({ defaultCertificateArn, certificateArns }) =>
      defaultCertificateArn === certificateArn || certificateArns.has(certificateArn),
  );
  return [...new Set(using.map(({ loadBalancerArn }) => loadBalancerArn))];
}

/** ACM learns late that a listener let go of its certificates. */
export function holdReleasedCertificates(world: World, certificateArns: Iterable<string>): void {
  const releasedAt = new Date(world.clock.now().getTime() + world.durations.certificateReleased * 1000);
  for (const arn of certificateArns) {
    const certificate = world.acm.certificates.get(arn);
    if (certificate) {
      certificate.releasedAt = releasedAt;
    }
  }
}
