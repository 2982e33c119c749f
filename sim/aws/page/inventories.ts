import { inventoryOf as acmInventory } from '../acm/inventory.ts';
import { inventoryOf as applicationAutoScalingInventory } from '../application-autoscaling/inventory.ts';
import { inventoryOf as budgetsInventory } from '../budgets/inventory.ts';
import { inventoryOf as cloudWatchInventory } from '../cloudwatch/inventory.ts';
import { inventoryOf as ec2Inventory } from '../ec2/inventory.ts';
import { inventoryOf as ecrInventory } from '../ecr/inventory.ts';
import { inventoryOf as ecsInventory } from '../ecs/inventory.ts';
import { inventoryOf as elastiCacheInventory } from '../elasticache/inventory.ts';
import { inventoryOf as elbv2Inventory } from '../elbv2/inventory.ts';
import { inventoryOf as iamInventory } from '../iam/inventory.ts';
import type { InventoryItem } from '../inventory-item.ts';
import { inventoryOf as kmsInventory } from '../kms/inventory.ts';
import { inventoryOf as lambdaInventory } from '../lambda/inventory.ts';
import { inventoryOf as logsInventory } from '../logs/inventory.ts';
import { inventoryOf as rdsInventory } from '../rds/inventory.ts';
import { inventoryOf as route53Inventory } from '../route53/inventory.ts';
import { inventoryOf as s3Inventory } from '../s3/inventory.ts';
import { inventoryOf as schedulerInventory } from '../scheduler/inventory.ts';
import { inventoryOf as secretsManagerInventory } from '../secretsmanager/inventory.ts';
import { inventoryOf as snsInventory } from '../sns/inventory.ts';
import { inventoryOf as sqsInventory } from '../sqs/inventory.ts';
import { inventoryOf as ssmInventory } from '../ssm/inventory.ts';
import type { World } from '../world.ts';

/** By the service as it stands in an ARN, in the order of the page. */
const inventories: ReadonlyMap<string, (world: World) => InventoryItem[]> = new Map([
  ['rds', rdsInventory],
  ['ecs', ecsInventory],
  ['elasticloadbalancing', elbv2Inventory],
  ['acm', acmInventory],
  ['route53', route53Inventory],
  ['ecr', ecrInventory],
  ['logs', logsInventory],
  ['secretsmanager', secretsManagerInventory],
  ['ssm', ssmInventory],
  ['ec2', ec2Inventory],
  ['iam', iamInventory],
  ['s3', s3Inventory],
  ['sqs', sqsInventory],
  ['sns', snsInventory],
  ['lambda', lambdaInventory],
  ['scheduler', schedulerInventory],
  ['cloudwatch', cloudWatchInventory],
  ['application-autoscaling', applicationAutoScalingInventory],
  ['elasticache', elastiCacheInventory],
  ['budgets', budgetsInventory],
  ['kms', kmsInventory],
]);

/** Everything that exists in the account, service by service. */
export function everythingIn(world: World): InventoryItem[] {
  return [...inventories.values()].flatMap((inventoryOf) => inventoryOf(world));
}

/** What an ARN stands for; undefined when there is no such thing. */
export function itemNamed(world: World, arn: string): InventoryItem | undefined {
  return inventories
    .get(arn.split(':')[2] ?? '')?.(world)
    .find((item) => item.arn === arn);
}
