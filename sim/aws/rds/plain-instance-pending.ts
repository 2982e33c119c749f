import type { ModifyDBInstanceMessage } from '@aws-sdk/client-rds';
import { Refusal } from '../wire/refusal.ts';
import { checkPort } from './new-cluster.ts';
import { checkedStorage, checkInstanceClass, checkRetention } from './plain-instance-rules.ts';
import { postgresVersion } from './postgres-engine.ts';
import type { PendingInstanceChange, PlainInstance } from './state.ts';

/** What waits, checked now: only where it differs from what there is. */
export function changeIn(instance: PlainInstance, input: ModifyDBInstanceMessage): PendingInstanceChange {
  const changes: PendingInstanceChange = {
    ...(input.DBInstanceClass !== undefined && { instanceClass: checkInstanceClass(input.DBInstanceClass) }),
    ...storageChange(instance, input),
    ...(input.EngineVersion !== undefined && { engineVersion: versionAfter(instance, input) }),
    ...(input.MultiAZ !== undefined && { isMultiAz: input.MultiAZ }),
    ...(input.DBPortNumber !== undefined && { port: checkPort(input.DBPortNumber) }),
    ...retentionChange(instance, input),
  };
  const differs = ([key, value]: [string, unknown]): boolean => instance[key as keyof PlainInstance] !== value;
  return Object.fromEntries(Object.entries(changes).filter(differs));
}

/**
 * Turning backups on or off waits; "if you change the parameter from one non-zero value to another non-zero value, the
 * change is asynchronously applied as soon as possible" (API reference, ModifyDBInstance).
 */
function retentionChange(instance: PlainInstance, { BackupRetentionPeriod: days }: ModifyDBInstanceMessage) {
  if (days === undefined) {
    return {};
  }
  const isMoved = checkRetention(days) > 0 && instance.backupRetentionDays > 0;
  return isMoved ? {} : { backupRetentionDays: days };
}

function storageChange(instance: PlainInstance, input: ModifyDBInstanceMessage): PendingInstanceChange {
  const { AllocatedStorage, StorageType, Iops, StorageThroughput } = input;
  if ([AllocatedStorage, StorageType, Iops, StorageThroughput].every((one) => one === undefined)) {
    return {};
  }
  const allocatedStorage = AllocatedStorage ?? instance.allocatedStorage;
  if (allocatedStorage < instance.allocatedStorage) {
    throw new Refusal(
      'InvalidParameterCombination',
      'Invalid storage size for engine name postgres: the allocated storage cannot become smaller',
    );
  }
  const storageType = StorageType ?? instance.storageType;
  const isSameKind = storageType === instance.storageType && allocatedStorage === instance.allocatedStorage;
  return checkedStorage({
    allocatedStorage,
    storageType,
    iops: Iops ?? (isSameKind ? instance.iops : undefined),
    storageThroughput: StorageThroughput ?? (isSameKind ? instance.storageThroughput : undefined),
  });
}

/** A minor version may only be raised; a major one needs leave. */
function versionAfter(
  { engineVersion }: PlainInstance,
  { EngineVersion, AllowMajorVersionUpgrade }: ModifyDBInstanceMessage,
): string {
  const [major = 0, minor = 0] = engineVersion.split('.').map(Number);
  const next = EngineVersion === String(major) ? engineVersion : postgresVersion(EngineVersion);
  const [nextMajor = 0, nextMinor = 0] = next.split('.').map(Number);
  if (nextMajor < major || (nextMajor === major && nextMinor < minor)) {
    throw new Refusal('InvalidParameterCombination', `Cannot upgrade postgres from ${engineVersion} to ${next}`);
  }
  if (nextMajor > major && !AllowMajorVersionUpgrade) {
    throw new Refusal(
      'InvalidParameterCombination',
      'The AllowMajorVersionUpgrade flag must be present when upgrading to a new major version.',
    );
  }
  return next;
}
