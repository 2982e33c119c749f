import { StopDBClusterCommand } from '@aws-sdk/client-rds';
import type { OutputsOf, ResourceKind } from '../../../src/domain/resource.ts';
import type { Desired } from '../../../src/reconcile/provisioner.ts';
import type { LocalCloud } from '../../contract/local-cloud.ts';
import { oneOffSpec, ruleSpec, SPECIMENS, type Specimen, targetGroupSpec } from '../../contract/specimens.ts';
import { createScene, type Scene } from '../../contract/stage.ts';
import { HALF_MADE } from '../../reaper/half-made.ts';
import { estateOn } from '../../reaper/reaper-stage.ts';
import type { TestCloud } from '../../support/local-cloud.ts';
import { openPullRequest } from '../../support/pull-request.ts';
import { USER_POOL } from './render.ts';

/** A whole life of the first users' environment: made, extended, read, changed by a push, and removed. */
export async function liveOneLife(cloud: TestCloud, blueprint: string): Promise<void> {
  const pull = openPullRequest(cloud, { labelled: true });
  await pull.untilReady();
  pull.say('/ephemeral extend 3d');
  const asked = pull.say('/ephemeral logs api');
  await pull.until('the logs', () => pull.repliesTo(asked).length > 0);
  const looked = pull.say('/ephemeral db status');
  await pull.until('the database', () => pull.repliesTo(looked).length > 0);
  pull.push({ '.github/ephemeral.yml': blueprint });
  await pull.untilReady();
  pull.close();
  await pull.untilGone();
}

/** Every kind of resource: made, changed by somebody else, mended, and taken away. */
export async function liveThroughEveryKind(stage: LocalCloud): Promise<void> {
  for (const specimen of Object.values(SPECIMENS)) {
    await liveThrough(createScene(stage), specimen as Specimen<ResourceKind>);
  }
  await signPeopleIn(createScene(stage));
  await changeTheKey(createScene(stage));
  await startWhatStands(createScene(stage));
  await stopWhatRuns(createScene(stage));
  await lookAtEverything(stage);
}

/** As the sweep does, while there is one of each kind. */
async function lookAtEverything(stage: LocalCloud): Promise<void> {
  await HALF_MADE['all of it is ready']?.(createScene(stage));
  await estateOn(stage).read([]);
}

async function liveThrough<K extends ResourceKind>(scene: Scene, specimen: Specimen<K>): Promise<void> {
  scene.clock.advance(60);
  const desired = await specimen.desire(scene);
  await specimen.meanwhile?.(scene, desired);
  const recorded = await scene.settle(desired);
  await specimen.drift?.(scene, desired, recorded);
  scene.clock.advance(120);
  const mended = await scene.settle({ ...desired, recorded } as Desired<K>);
  await tidy(scene, forgotten(specimen, { ...desired, recorded: mended } as Desired<K>));
}

/** Where the name is enough, the record is lost: then more has to be looked for. */
export function forgotten<K extends ResourceKind>(
  { kind, releasedByName }: Specimen<K>,
  desired: Desired<K>,
): Desired<K> {
  return releasedByName || kind === 'listener-certificate'
    ? { ...desired, spec: undefined as never, recorded: undefined }
    : desired;
}

async function tidy<K extends ResourceKind>(scene: Scene, desired: Desired<K>): Promise<void> {
  await scene.vanish(desired);
  await scene.vanish(scene.desire('clone-cluster', 'db', undefined as never));
}

/** Where the platform has a user pool, a rule asks people to sign in first, also after somebody changed it. */
async function signPeopleIn(scene: Scene): Promise<void> {
  const group = await scene.settle(scene.desire('target-group', 'api', targetGroupSpec(scene)));
  const signIn = {
    userPoolArn: USER_POOL,
    userPoolClientId: '1example23456789',
    userPoolDomain: 'people',
  };
  const spec = { ...ruleSpec(scene, group.arn), listenerArn: scene.platform.httpsListenerArn, signIn };
  const desired = scene.desire('listener-rule', 'api', spec);
  const recorded = await scene.settle(desired);
  const moved = { ...desired, recorded, spec: { ...spec, signIn: { ...signIn, userPoolDomain: 'others' } } };
  await scene.settle(moved);
  await scene.vanish(moved);
}

/** Logs of a platform that gets a key, and gives it up again. */
async function changeTheKey(scene: Scene): Promise<void> {
  const encrypted = await SPECIMENS['log-group'].desire(scene);
  const plain: Desired<'log-group'> = { ...encrypted, spec: { ...encrypted.spec, kmsKeyId: null } };
  await scene.settle(plain);
  await scene.settle(encrypted);
  await scene.settle(plain);
  await scene.vanish(plain);
}

/** A clone that somebody stopped is started again, and so is one that has to go. */
async function startWhatStands(scene: Scene): Promise<void> {
  const desired = await SPECIMENS['clone-cluster'].desire(scene);
  const stop = new StopDBClusterCommand({ DBClusterIdentifier: desired.name });
  await scene.settle(desired);
  await scene.clients.rds.send(stop);
  scene.clock.advance(600);
  const recorded: Partial<OutputsOf<'clone-cluster'>> = await scene.settle(desired);
  await SPECIMENS['clone-cluster'].drift?.(scene, desired, recorded as OutputsOf<'clone-cluster'>);
  scene.clock.advance(600);
  await scene.vanish(desired);
}

/** A task that still runs is stopped when its environment goes. */
async function stopWhatRuns(scene: Scene): Promise<void> {
  const desired = scene.desire('one-off-task', 'migrate', await oneOffSpec(scene));
  await scene.provisioner('one-off-task').ensure(desired, { state: 'absent' });
  await scene.vanish(desired);
}
