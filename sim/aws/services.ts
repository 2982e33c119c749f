import { acmService } from './acm/service.ts';
import { applicationAutoScalingService } from './application-autoscaling/service.ts';
import { budgetsService } from './budgets/service.ts';
import { cloudWatchService } from './cloudwatch/service.ts';
import { ec2Service } from './ec2/service.ts';
import { ecrService } from './ecr/service.ts';
import { ecsService } from './ecs/service.ts';
import { elastiCacheService } from './elasticache/service.ts';
import { elbv2Service } from './elbv2/service.ts';
import { iamService } from './iam/service.ts';
import { kmsService } from './kms/service.ts';
import { lambdaService } from './lambda/service.ts';
import { logsService } from './logs/service.ts';
import { rdsService } from './rds/service.ts';
import { route53Service } from './route53/service.ts';
import { s3Service } from './s3/service.ts';
import { schedulerService } from './scheduler/service.ts';
import { secretsManagerService } from './secretsmanager/service.ts';
import { snsService } from './sns/service.ts';
import { sqsService } from './sqs/service.ts';
import { ssmService } from './ssm/service.ts';
import { stsService } from './sts/service.ts';
import { taggingService } from './tagging/service.ts';
import type { ServiceDefinition } from './wire/service.ts';
import type { World } from './world.ts';

const factories: readonly ((world: World) => ServiceDefinition)[] = [
  acmService,
  applicationAutoScalingService,
  budgetsService,
  cloudWatchService,
  ec2Service,
  ecrService,
  ecsService,
  elastiCacheService,
  elbv2Service,
  iamService,
  kmsService,
  lambdaService,
  logsService,
  rdsService,
  route53Service,
  s3Service,
  schedulerService,
  secretsManagerService,
  snsService,
  sqsService,
  ssmService,
  stsService,
  taggingService,
];

/** Every service the local cloud speaks, over the one world. */
export function allServices(world: World): readonly ServiceDefinition[] {
  return factories.map((create) => create(world));
}
