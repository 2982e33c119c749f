import {
  type Action,
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  DescribeListenersCommand,
  DescribeLoadBalancersCommand,
  type ElasticLoadBalancingV2Client,
  type LoadBalancer,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { given, type SeededNetwork } from './network.ts';
import type { SeededZone } from './zone.ts';

export interface SeededLoadBalancer {
  readonly loadBalancerArn: string;
  readonly loadBalancerDnsName: string;
  /** The zone an alias to it names; not the environments' own. */
  readonly loadBalancerZoneId: string;
  readonly httpListenerArn: string;
  readonly httpsListenerArn: string;
}

interface Place {
  readonly prefix: string;
  readonly network: SeededNetwork;
  readonly zone: SeededZone;
  pause(seconds: number): Promise<void>;
}

const ATTEMPTS = 30;
const PAUSE_SECONDS = 10;

const NOT_FOUND: Action = {
  Type: 'fixed-response',
  FixedResponseConfig: { StatusCode: '404', ContentType: 'text/plain', MessageBody: 'No environment has this host.' },
};

/** An application load balancer that answers 404 on 80 and 443 until a rule says otherwise. */
export async function seedLoadBalancer(
  elb: ElasticLoadBalancingV2Client,
  { prefix, network, zone, pause }: Place,
): Promise<SeededLoadBalancer> {
  const loadBalancer = given(
    (await standingLoadBalancer(elb, prefix)) ?? (await createLoadBalancer(elb, { prefix, network })),
    'a load balancer',
  );
  const LoadBalancerArn = given(loadBalancer.LoadBalancerArn, 'its ARN');
  const { Listeners = [] } = await elb.send(new DescribeListenersCommand({ LoadBalancerArn }));
  const listenerAt = (port: number) => Listeners.find(({ Port }) => Port === port)?.ListenerArn;
  return {
    loadBalancerArn: LoadBalancerArn,
    loadBalancerDnsName: given(loadBalancer.DNSName, 'its DNS name'),
    loadBalancerZoneId: given(loadBalancer.CanonicalHostedZoneId, 'its zone'),
    httpListenerArn: listenerAt(80) ?? (await createHttpListener(elb, LoadBalancerArn)),
    httpsListenerArn:
      listenerAt(443) ??
      (await createHttpsListener(elb, {
        loadBalancerArn: LoadBalancerArn,
        certificateArn: zone.defaultCertificateArn,
        pause,
      })),
  };
}

async function standingLoadBalancer(
  elb: ElasticLoadBalancingV2Client,
  name: string,
): Promise<LoadBalancer | undefined> {
  const { LoadBalancers = [] } = await elb.send(new DescribeLoadBalancersCommand({}));
  return LoadBalancers.find(({ LoadBalancerName }) => LoadBalancerName === name);
}

async function createLoadBalancer(
  elb: ElasticLoadBalancingV2Client,
  { prefix, network }: Pick<Place, 'prefix' | 'network'>,
): Promise<LoadBalancer | undefined> {
  const { LoadBalancers } = await elb.send(
    new CreateLoadBalancerCommand({
      Name: prefix,
      Type: 'application',
      Scheme: 'internet-facing',
      Subnets: network.subnetIds,
      SecurityGroups: [network.albSecurityGroupId],
    }),
  );
  return LoadBalancers?.[0];
}

async function createHttpListener(elb: ElasticLoadBalancingV2Client, LoadBalancerArn: string): Promise<string> {
  const { Listeners } = await elb.send(
    new CreateListenerCommand({ LoadBalancerArn, Protocol: 'HTTP', Port: 80, DefaultActions: [NOT_FOUND] }),
  );
  return given(Listeners?.[0]?.ListenerArn, 'a listener ARN');
}

/** The load balancer goes on refusing a certificate for a while after it was issued. */
async function createHttpsListener(
  elb: ElasticLoadBalancingV2Client,
  listening: { loadBalancerArn: string; certificateArn: string; pause: Place['pause'] },
): Promise<string> {
  const { loadBalancerArn, certificateArn, pause } = listening;
  for (let attempt = 1; ; attempt += 1) {
    try {
      const https = await elb.send(
        new CreateListenerCommand({
          LoadBalancerArn: loadBalancerArn,
          Protocol: 'HTTPS',
          Port: 443,
          Certificates: [{ CertificateArn: certificateArn }],
          DefaultActions: [NOT_FOUND],
        }),
      );
      return given(https.Listeners?.[0]?.ListenerArn, 'a listener ARN');
    } catch (error) {
      const isEarly = error instanceof Error && error.name.startsWith('UnsupportedCertificate');
      if (!isEarly || attempt === ATTEMPTS) {
        throw error;
      }
      await pause(PAUSE_SECONDS);
    }
  }
}
