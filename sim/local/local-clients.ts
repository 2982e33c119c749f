import { EC2Client } from '@aws-sdk/client-ec2';
import { type AwsClients, createAwsClients } from '../../src/provision/aws/clients.ts';
import type { SeedClients } from '../seed-platform.ts';
import { LOCAL_CREDENTIALS, LOCAL_REGION, MAYFLY_CREDENTIALS } from './credentials.ts';

/** Those of whoever built the platform. */
export function localClients(endpoint: string): SeedClients {
  const options = { ...accessTo(endpoint), credentials: LOCAL_CREDENTIALS };
  return { ...createAwsClients(options), ec2: new EC2Client(options) };
}

export function mayflyClients(endpoint: string): AwsClients {
  return createAwsClients({ ...accessTo(endpoint), credentials: MAYFLY_CREDENTIALS });
}

function accessTo(endpoint: string): { region: string; endpoint: string } {
  return { region: LOCAL_REGION, endpoint };
}
