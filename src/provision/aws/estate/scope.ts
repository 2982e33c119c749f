import type { Platform } from '../../../config/platform.ts';
import type { EstateScope } from './reading.ts';

/** Where the environments of a platform are, as its document says. */
export function estateScopeOf({ name, cluster, loadBalancer, dns, hostTemplate }: Platform): EstateScope {
  return {
    name,
    clusterArn: cluster.arn,
    loadBalancerDnsName: loadBalancer.dnsName,
    listeners: loadBalancer.listeners,
    zone: dns.zone,
    zoneId: dns.zoneId,
    hostTemplate,
  };
}
