import type { EC2Client } from '@aws-sdk/client-ec2';
import type { AwsClients } from '../src/provision/aws/clients.ts';
import { type SeededCompute, seedCompute } from './seed/compute.ts';
import { type SeededSource, seedDatabase } from './seed/database.ts';
import { type SeededLoadBalancer, seedLoadBalancer } from './seed/load-balancer.ts';
import { type SeededNetwork, seedNetwork } from './seed/network.ts';
import { type SeededParameter, type SeededSecret, seedStores } from './seed/stores.ts';
import { type SeededZone, seedZone } from './seed/zone.ts';

export interface SeedClients extends AwsClients {
  readonly ec2: EC2Client;
}

export interface SeedOptions {
  /** The zone under which environments get their names: `ephemeral.example`. */
  readonly zone: string;
  /** What every name begins with. */
  readonly prefix?: string;
  readonly sourceIdentifier?: string;
  /** `repository:tag`, each of which the registry will hold. */
  readonly images?: readonly string[];
  readonly secrets?: readonly SeededSecret[];
  readonly parameters?: readonly SeededParameter[];
  /** Nothing checks that it is there. */
  readonly executionRoleArn?: string;
  /** Whether a listener takes a certificate that is not issued yet, as moto's does; AWS's does not. */
  readonly certificateMayPend?: boolean;
  /** Called between two looks at something that takes its time; it lets that many seconds of the cloud's time pass. */
  pause(seconds: number): Promise<void>;
}

/** The shared infrastructure that Terraform would have built, by its ids. */
export interface SeededPlatform extends SeededNetwork, SeededLoadBalancer, SeededZone, SeededSource, SeededCompute {
  readonly accountId: string;
  readonly executionRoleArn: string;
}

/**
 * Builds a platform through the AWS API alone, so that it does on any AWS: the local cloud, moto, and a real account if
 * it came to that. Names are fixed, and what stands of an earlier seeding is adopted. Returns when everything is available.
 */
export async function seedPlatform(clients: SeedClients, options: SeedOptions): Promise<SeededPlatform> {
  const { prefix = 'mayfly', zone, images = [], secrets = [], parameters = [], pause } = options;
  const { sourceIdentifier = `${prefix}-source` } = options;
  const network = await seedNetwork(clients.ec2, prefix);
  const compute = await seedCompute(clients, { prefix, images });
  await seedStores(clients, { secrets, parameters });
  const seededZone = await seedZone(clients, { zone, pause, certificateMayPend: options.certificateMayPend ?? false });
  const loadBalancer = await seedLoadBalancer(clients.elb, { prefix, network, zone: seededZone, pause });
  const source = await seedDatabase(clients.rds, { prefix, sourceIdentifier, network, pause });
  const accountId = compute.clusterArn.split(':')[4] ?? '';
  return {
    accountId,
    executionRoleArn: options.executionRoleArn ?? `arn:aws:iam::${accountId}:role/${prefix}-execution`,
    ...network,
    ...compute,
    ...seededZone,
    ...loadBalancer,
    ...source,
  };
}
