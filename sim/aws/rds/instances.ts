import type {
  CreateDBInstanceMessage,
  DeleteDBInstanceMessage,
  DescribeDBInstancesMessage,
  ModifyDBInstanceMessage,
} from '@aws-sdk/client-rds';
import type { Handler } from '../wire/service.ts';
import type { World } from '../world.ts';
import { deleteInstance, modifyInstance } from './change-instance.ts';
import { createInstance } from './create-instance.ts';
import { createPlainInstance } from './create-plain-instance.ts';
import { deletePlainInstance } from './delete-plain-instance.ts';
import { describeInstances } from './describe-instances.ts';
import { anyInstanceNamed } from './lookup.ts';
import { modifyPlainInstance } from './modify-plain-instance.ts';

/** One set of operations for two kinds of instance: the members of Aurora clusters, and those that stand alone. */
export function instanceHandlers(world: World): Record<string, Handler> {
  return {
    CreateDBInstance: (input: CreateDBInstanceMessage) =>
      input.DBClusterIdentifier === undefined ? createPlainInstance(world, input) : createInstance(world, input),
    DescribeDBInstances: (input: DescribeDBInstancesMessage) => describeInstances(world, input),
    ModifyDBInstance: (input: ModifyDBInstanceMessage) => {
      const instance = anyInstanceNamed(world, input.DBInstanceIdentifier ?? '');
      return 'clusterId' in instance
        ? modifyInstance(world, instance, input)
        : modifyPlainInstance(world, instance, input);
    },
    DeleteDBInstance: (input: DeleteDBInstanceMessage) => {
      const instance = anyInstanceNamed(world, input.DBInstanceIdentifier ?? '');
      return 'clusterId' in instance ? deleteInstance(world, instance) : deletePlainInstance(world, instance, input);
    },
  };
}
