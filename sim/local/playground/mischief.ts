import type { AwsSimulator } from '../../aws/server.ts';
import type { LocalCloud } from '../local-cloud.ts';
import { createCallMischief } from './call-mischief.ts';
import { createServiceMischief } from './service-mischief.ts';

/** Things that go wrong, on demand. */
export type Mischief = ReturnType<typeof createMischief>;

export function createMischief(cloud: LocalCloud, aws: AwsSimulator) {
  return { ...createCallMischief(cloud, aws), ...createServiceMischief(cloud, aws.world) };
}
