import { DeleteDBInstanceCommand, StopDBClusterCommand } from '@aws-sdk/client-rds';
import type { ResourceKind } from '../../src/domain/resource.ts';
import type { Desired } from '../../src/reconcile/provisioner.ts';
import { oneOffSpec, SPECIMENS, type Specimen, serviceSpec, targetGroupSpec } from '../contract/specimens.ts';
import type { Scene } from '../contract/stage.ts';

/** Ways in which Mayfly's end can leave an environment behind. What does not stay as it is stands last. */
export const HALF_MADE: Readonly<Record<string, (scene: Scene) => Promise<unknown>>> = {
  'it has only a target group': async (scene) =>
    await scene.settle(scene.desire('target-group', 'api', targetGroupSpec(scene))),

  'all of it is ready': async (scene) => {
    for (const specimen of Object.values(SPECIMENS)) {
      await settle(scene, specimen as Specimen<ResourceKind>);
    }
    const running = scene.desire('one-off-task', 'seed', { ...(await oneOffSpec(scene)), runKey: 'seed-1' });
    await scene.provisioner('one-off-task').ensure(running, { state: 'absent' });
  },

  'it has a service and no database': async (scene) => {
    await scene.settle(await SPECIMENS['dns-records'].desire(scene));
    await scene.settle(scene.desire('service', 'api', await serviceSpec(scene)));
  },

  'it is being deleted': async (scene) => {
    await settle(scene, SPECIMENS['clone-instance'] as Specimen<ResourceKind>);
    const service = scene.desire('service', 'api', await serviceSpec(scene));
    await scene.settle(service);
    const instance = await SPECIMENS['clone-instance'].desire(scene);
    await scene.clients.rds.send(new DeleteDBInstanceCommand({ DBInstanceIdentifier: instance.name }));
    await scene.provisioner('clone-cluster').release(await SPECIMENS['clone-cluster'].desire(scene));
    await scene.provisioner('service').release(service);
  },

  'its clone is being created': async (scene) => {
    await scene.settle(await SPECIMENS['log-group'].desire(scene));
    const clone = await SPECIMENS['clone-cluster'].desire(scene);
    await scene.provisioner('clone-cluster').ensure(clone, { state: 'absent' });
  },
};

/** Protected by RDS and then stopped, which Aurora deletes only after it was started. */
export async function stopClone(scene: Scene): Promise<void> {
  const { drift } = SPECIMENS['clone-cluster'];
  const clone = await SPECIMENS['clone-cluster'].desire(scene);
  await drift?.(scene, clone, await scene.settle(clone));
  scene.clock.advance(600);
  await scene.clients.rds.send(new StopDBClusterCommand({ DBClusterIdentifier: clone.name }));
  scene.clock.advance(600);
}

async function settle<K extends ResourceKind>(scene: Scene, specimen: Specimen<K>): Promise<void> {
  const desired: Desired<K> = await specimen.desire(scene);
  await specimen.meanwhile?.(scene, desired);
  await scene.settle(desired);
}
