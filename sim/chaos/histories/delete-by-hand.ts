import { DeleteLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs';
import { DeleteServiceCommand, StopTaskCommand } from '@aws-sdk/client-ecs';
import { DeleteRuleCommand, DeleteTargetGroupCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { DeleteDBInstanceCommand } from '@aws-sdk/client-rds';
import { ChangeResourceRecordSetsCommand, ListResourceRecordSetsCommand } from '@aws-sdk/client-route-53';
import { DeleteSecretCommand } from '@aws-sdk/client-secrets-manager';
import type { InventoryItem } from '../../aws/inventory-item.ts';
import { isPartOf, standingIn } from '../truth/standing.ts';
import type { Scene } from './stage.ts';
import type { HandDeleted } from './step.ts';

/** Somebody with the console open deletes something of an environment. What AWS refuses, as what is still in use, stays. */
export async function deleteByHand({ cloud }: Scene, environment: string, what: HandDeleted): Promise<void> {
  const found = standingIn(cloud.aws.world).find(
    ({ kind, ...thing }) => kind === what && isPartOf({ kind, ...thing }, environment),
  );
  if (!found) {
    return;
  }
  try {
    await deleteThing(cloud, found, what);
  } catch {
    // The console shows an error, and whoever sits before it shrugs.
  }
}

async function deleteThing(
  { clients, platform }: Scene['cloud'],
  { arn, name }: InventoryItem,
  what: HandDeleted,
): Promise<unknown> {
  const cluster = platform.cluster.arn;
  switch (what) {
    case 'service':
      return await clients.ecs.send(new DeleteServiceCommand({ cluster, service: arn, force: true }));
    case 'task':
      return await clients.ecs.send(new StopTaskCommand({ cluster, task: arn }));
    case 'rule':
      return await clients.elb.send(new DeleteRuleCommand({ RuleArn: arn }));
    case 'target group':
      return await clients.elb.send(new DeleteTargetGroupCommand({ TargetGroupArn: arn }));
    case 'log group':
      return await clients.logs.send(new DeleteLogGroupCommand({ logGroupName: name }));
    case 'record set':
      return await deleteRecords({ clients, platform }, name);
    case 'DB instance':
      return await clients.rds.send(
        new DeleteDBInstanceCommand({ DBInstanceIdentifier: name, SkipFinalSnapshot: true }),
      );
    case 'secret':
      return await clients.secrets.send(new DeleteSecretCommand({ SecretId: arn, ForceDeleteWithoutRecovery: true }));
  }
}

async function deleteRecords(
  { clients, platform }: Pick<Scene['cloud'], 'clients' | 'platform'>,
  key: string,
): Promise<void> {
  const HostedZoneId = platform.dns.zoneId;
  const { ResourceRecordSets = [] } = await clients.route53.send(new ListResourceRecordSetsCommand({ HostedZoneId }));
  const record = ResourceRecordSets.find(({ Name, Type }) => `${Name} ${Type}` === key);
  if (record) {
    const Changes = [{ Action: 'DELETE' as const, ResourceRecordSet: record }];
    await clients.route53.send(new ChangeResourceRecordSetsCommand({ HostedZoneId, ChangeBatch: { Changes } }));
  }
}
