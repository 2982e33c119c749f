import { ec2Service } from './ec2/service.ts';
import { ecrService } from './ecr/service.ts';
import { logsService } from './logs/service.ts';
import { ssmService } from './ssm/service.ts';
import { stsService } from './sts/service.ts';
import type { ServiceDefinition } from './wire/service.ts';
import type { World } from './world.ts';

/** Every service the local cloud speaks, over the one world. */
export function allServices(world: World): readonly ServiceDefinition[] {
  return [ec2Service(world), ecrService(world), logsService(world), ssmService(world), stsService(world)];
}
