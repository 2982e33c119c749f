import { StopDBClusterCommand } from '@aws-sdk/client-rds';
import type { ResourceKind } from '../../../src/domain/resource.ts';
import type { AwsClients } from '../../../src/provision/aws/clients.ts';
import { readPlatformDocument } from '../../../src/provision/aws/platform-document.ts';
import type { Desired } from '../../../src/reconcile/provisioner.ts';
import type { LocalCloud } from '../../contract/local-cloud.ts';
import { oneOffSpec, SPECIMENS, type Specimen } from '../../contract/specimens.ts';
import { createScene, type Scene } from '../../contract/stage.ts';
import { HALF_MADE } from '../../reaper/half-made.ts';
import { reapOnce } from '../../reaper/reaper-stage.ts';
import { forgotten } from './journey.ts';

const DAY = 86_400;

/**
 * What the reaper does: it reads the platform document, which has to be there, finds an environment that is over and takes
 * it down; and it releases every kind of resource that Mayfly made, with the record lost where that is possible.
 */
export async function reapEveryKind(stage: LocalCloud, clients: AwsClients): Promise<void> {
  const reaper = createScene({ ...stage, mayflyClients: clients });
  await readPlatformDocument(clients.ssm, '/mayfly/platform');
  await reapAnEnvironment(stage, clients);
  for (const specimen of Object.values(SPECIMENS)) {
    await reap(createScene(stage), specimen as Specimen<ResourceKind>, reaper);
  }
  await reapAStoppedClone(createScene(stage), reaper);
  await reapARunningTask(createScene(stage), reaper);
}

async function reapAnEnvironment(stage: LocalCloud, clients: AwsClients): Promise<void> {
  await HALF_MADE['all of it is ready']?.(createScene(stage));
  stage.clock.advance(2 * DAY);
  for (let runs = 0; runs < 10; runs += 1) {
    const { environments } = await reapOnce(stage, { clients });
    if (environments.every(({ outcome }) => outcome === 'cleared')) {
      return;
    }
    stage.clock.advance(900);
  }
  throw new Error('the reaper does not get done');
}

async function reap<K extends ResourceKind>(scene: Scene, specimen: Specimen<K>, reaper: Scene): Promise<void> {
  scene.clock.advance(60);
  const desired = await specimen.desire(scene);
  await specimen.meanwhile?.(scene, desired);
  const recorded = await scene.settle(desired);
  await reaper.vanish(forgotten(specimen, { ...desired, recorded } as Desired<K>));
  await reaper.vanish(scene.desire('clone-cluster', 'db', undefined as never));
}

/** Somebody has protected it and stopped it. */
async function reapAStoppedClone(scene: Scene, reaper: Scene): Promise<void> {
  const { drift } = SPECIMENS['clone-cluster'];
  const desired = await SPECIMENS['clone-cluster'].desire(scene);
  await drift?.(scene, desired, await scene.settle(desired));
  scene.clock.advance(600);
  await scene.clients.rds.send(new StopDBClusterCommand({ DBClusterIdentifier: desired.name }));
  scene.clock.advance(600);
  await reaper.vanish(desired);
}

async function reapARunningTask(scene: Scene, reaper: Scene): Promise<void> {
  const desired = scene.desire('one-off-task', 'migrate', await oneOffSpec(scene));
  await scene.provisioner('one-off-task').ensure(desired, { state: 'absent' });
  await reaper.vanish(desired);
}
