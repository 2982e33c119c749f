import { AddTagsCommand, DeleteTargetGroupCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { AddTagsToResourceCommand, RemoveTagsFromResourceCommand } from '@aws-sdk/client-rds';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { everythingIn } from '../../sim/aws/page/inventories.ts';
import { hasFailed, type ReapReport } from '../../src/reconcile/orphans/reap-report.ts';
import { type LocalCloud, startLocalCloud } from '../contract/local-cloud.ts';
import { ruleSpec, SPECIMENS, targetGroupSpec } from '../contract/specimens.ts';
import { createScene, type Scene } from '../contract/stage.ts';
import { HALF_MADE, stopClone } from './half-made.ts';
import { plantLookAlikes, plantNeighbours } from './look-alikes.ts';
import { census, reapOnce } from './reaper-stage.ts';

const DAY = 86_400;
/** Between two runs of the schedule. */
const QUARTER = 900;
/** The life of an environment on the stage, and the reaper's grace. */
const OVER = DAY + 7200 + 60;

/** What AWS takes a quarter of an hour for: still longer than one run lives, and half the looks at it. */
const DURATIONS = { clusterStarted: 60, clusterStopped: 60, instanceDeleted: 300 };

// A look at everything is sixty calls, and Aurora takes some dozens of looks.
jest.setTimeout(60_000);

let cloud: LocalCloud;
beforeAll(async () => {
  cloud = await startLocalCloud({ durations: DURATIONS });
}, 60_000);
afterAll(async () => {
  await cloud.close();
});

/** Runs as the schedule has them, until none goes any further. */
async function reapUntilDone(): Promise<number> {
  for (let runs = 1; runs <= 20; runs += 1) {
    const { environments } = await reapOnce(cloud);
    if (environments.every(({ outcome }) => outcome !== 'going')) {
      return runs;
    }
    cloud.clock.advance(QUARTER);
  }
  throw new Error('the reaper does not get done');
}

async function aTargetGroup(scene = createScene(cloud)): Promise<{ scene: Scene; arn: string }> {
  const { arn } = await scene.settle(scene.desire('target-group', 'api', targetGroupSpec(scene)));
  return { scene, arn };
}

/** What the account holds under an environment's name. */
function left({ environment }: Scene): string[] {
  return census(cloud.aws.world).filter((item) => new RegExp(`${environment.name}(\\D|$)`).test(item));
}

/** In which states its cluster and instance are. */
function databasesOf(scene: Scene | undefined): (string | undefined)[] {
  return everythingIn(cloud.aws.world)
    .filter(({ service, name }) => service === 'rds' && new RegExp(`-${scene?.environment.name}(-|$)`).test(name))
    .map(({ status }) => status);
}

function outcomeOf({ environments }: ReapReport, { environment }: Scene): string | undefined {
  return environments.find(({ owner }) => owner.name === environment.name)?.outcome;
}

describe('the reaper, alone, with nothing but AWS', () => {
  it('starts a clone that somebody protected and stopped, and then deletes it', async () => {
    const scene = createScene(cloud);
    await stopClone(scene);
    cloud.clock.advance(OVER);
    await reapUntilDone();
    expect(left(scene)).toEqual([]);
  }, 60_000);

  it('leaves an environment alone until the grace is over in which Mayfly has its turn', async () => {
    const { scene } = await aTargetGroup();
    cloud.clock.advance(DAY + 7200 - 60);
    expect(outcomeOf(await reapOnce(cloud), scene)).toBeUndefined();
    expect(left(scene)).not.toEqual([]);

    cloud.clock.advance(120);
    expect(outcomeOf(await reapOnce(cloud), scene)).toBe('cleared');
    expect(left(scene)).toEqual([]);
  });

  it('goes by the latest expiry on any of its things, as an extend reaches them one by one', async () => {
    const { scene } = await aTargetGroup();
    cloud.clock.advance(DAY / 2);
    const extended = await SPECIMENS['log-group'].desire(scene);
    await scene.settle(extended);
    cloud.clock.advance(DAY / 2 + 7260);
    await reapOnce(cloud);
    expect(left(scene)).toHaveLength(2);

    cloud.clock.advance(DAY / 2);
    await reapUntilDone();
    expect(left(scene)).toEqual([]);
  });

  it('says of an expiry that it cannot read, and deletes nothing of that environment', async () => {
    const { scene } = await aTargetGroup();
    const desired = await SPECIMENS['clone-cluster'].desire(scene);
    const { arn: ResourceName } = await scene.settle(desired);
    await cloud.clients.rds.send(
      new AddTagsToResourceCommand({ ResourceName, Tags: [{ Key: 'TTL', Value: 'for ever' }] }),
    );
    cloud.clock.advance(OVER);
    const report = await reapOnce(cloud);
    expect(report.environments).toMatchObject([
      { outcome: 'unreadable', left: [{ what: desired.name, why: 'has no readable TTL' }] },
    ]);
    expect(left(scene)).toHaveLength(2);

    await cloud.clients.rds.send(new RemoveTagsFromResourceCommand({ ResourceName, TagKeys: ['TTL'] }));
    await reapOnce(cloud);
    expect(left(scene)).toHaveLength(2);

    const Tags = [{ Key: 'TTL', Value: '2026-01-01T00:00:00Z' }];
    await cloud.clients.rds.send(new AddTagsToResourceCommand({ ResourceName, Tags }));
    await reapUntilDone();
    expect(left(scene)).toEqual([]);
  });

  it('leaves the whole of an environment of which one thing is protected, and says so', async () => {
    const { scene } = await aTargetGroup();
    const desired = await SPECIMENS['clone-cluster'].desire(scene);
    const { arn: ResourceName } = await scene.settle(desired);
    const protect = (Value: string) =>
      new AddTagsToResourceCommand({ ResourceName, Tags: [{ Key: 'Protect', Value }] });
    await cloud.clients.rds.send(protect('until Friday'));
    cloud.clock.advance(OVER);
    expect((await reapOnce(cloud)).environments).toMatchObject([
      { outcome: 'protected', left: [{ what: desired.name, why: 'is tagged Protect' }] },
    ]);
    expect(left(scene)).toHaveLength(2);

    await cloud.clients.rds.send(protect('false'));
    await reapUntilDone();
    expect(left(scene)).toEqual([]);
  });

  it.each([
    { what: 'extended', tag: { Key: 'TTL', Value: '2099-01-01T00:00:00Z' } },
    { what: 'protected', tag: { Key: 'Protect', Value: 'true' } },
    { what: 'given away', tag: { Key: 'ManagedBy', Value: 'terraform' } },
  ])('leaves what was $what between its look and the deletion', async ({ tag }) => {
    const { scene, arn } = await aTargetGroup();
    cloud.clock.advance(OVER);
    // The names of the zone are what it looks at last.
    const { route53 } = cloud.mayflyClients;
    const send = async (command: never) => {
      const answer = await route53.send(command);
      await cloud.clients.elb.send(new AddTagsCommand({ ResourceArns: [arn], Tags: [tag] }));
      return answer;
    };
    await reapOnce(cloud, { clients: { ...cloud.mayflyClients, route53: { send } as typeof route53 } });
    expect(left(scene)).toHaveLength(1);
    await cloud.clients.elb.send(new DeleteTargetGroupCommand({ TargetGroupArn: arn }));
  });

  it('deletes nothing in a dry run, and says what it would', async () => {
    const { scene } = await aTargetGroup();
    cloud.clock.advance(OVER);
    const report = await reapOnce(cloud, { dryRun: true });
    expect(outcomeOf(report, scene)).toBe('expired');
    expect(report.environments[0]?.found).toEqual([`mayfly-${scene.environment.name}-api`]);
    expect(left(scene)).not.toEqual([]);
    await reapOnce(cloud);
  });

  it('clears an environment without a pull request, which Terraform made, by its own names', async () => {
    const scene = createScene(cloud);
    const environment = { name: 'payments', pullRequest: { repository: 'acme/shop', number: null } };
    const desired = scene.desire('target-group', 'api', targetGroupSpec(scene));
    const { ['PullRequest']: _, ...tags }: Record<string, string> = {
      ...desired.tags,
      Environment: 'payments',
      Name: 'mayfly-payments-web-0a1b2c3d',
    };
    const own = { ...desired, environment: environment as never, name: tags['Name'] ?? '', tags };
    const { arn } = await scene.settle(own);
    const rule = scene.desire('listener-rule', 'api', ruleSpec(scene, arn));
    await scene.settle({ ...rule, environment: environment as never, tags: { ...tags, Name: 'payments rule' } });
    cloud.clock.advance(OVER);
    const report = await reapOnce(cloud);
    expect(report.environments).toMatchObject([{ owner: environment, outcome: 'cleared' }]);
    expect(census(cloud.aws.world).filter((item) => item.includes('payments') || item.includes(arn))).toEqual([]);
  });

  it('keeps what proves a name to be the environment’s until the name is gone', async () => {
    const { scene } = await aTargetGroup();
    await scene.settle(await SPECIMENS['dns-records'].desire(scene));
    cloud.clock.advance(OVER);
    cloud.aws.faults.add({ operation: 'ChangeResourceRecordSets', times: 1000, effect: { kind: 'throttle' } });
    await reapOnce(cloud, { remainingSeconds: () => 20 });
    expect(left(scene)).toContainEqual(expect.stringContaining('target group'));

    cloud.aws.faults.clear();
    await reapUntilDone();
    expect(left(scene)).toEqual([]);
  });

  it('does its work beside another reaper', async () => {
    const scene = createScene(cloud);
    await HALF_MADE['it has a service and no database']?.(scene);
    cloud.clock.advance(OVER);
    await Promise.all([reapOnce(cloud), reapOnce(cloud)]);
    await reapUntilDone();
    cloud.clock.advance(2 * 3600);
    expect(left(scene)).toEqual([]);
  }, 60_000);

  it('deletes nothing while a service does not say what there is', async () => {
    const { scene } = await aTargetGroup();
    cloud.clock.advance(OVER);
    cloud.aws.faults.add({
      operation: 'ListSecrets',
      times: 1000,
      effect: { kind: 'error', code: 'AccessDeniedException' },
    });
    await expect(reapOnce(cloud)).rejects.toMatchObject({ reason: 'AccessDenied' });
    cloud.aws.faults.clear();
    expect(left(scene)).not.toEqual([]);
    await reapUntilDone();
  });

  it('fails when somebody has to act, having removed what it can', async () => {
    const { scene } = await aTargetGroup();
    await scene.settle(await SPECIMENS['log-group'].desire(scene));
    cloud.clock.advance(OVER);
    cloud.aws.faults.add({
      operation: 'DeleteTargetGroup',
      times: 1000,
      effect: { kind: 'error', code: 'AccessDenied' },
    });
    const report = await reapOnce(cloud);
    const name = `mayfly-${scene.environment.name}-api`;
    expect(hasFailed(report)).toBe(true);
    expect(report.environments[0]?.left).toMatchObject([{ what: name, needsSomebody: true }]);
    expect(left(scene)).toEqual([expect.stringContaining(`target group ${name}`)]);

    cloud.aws.faults.clear();
    await reapUntilDone();
    expect(left(scene)).toEqual([]);
  });

  it('clears environments in five half-made states, and leaves what only looks like one', async () => {
    // Their time is over already: what is on its way is on its way when the reaper comes.
    const now = () => new Date(cloud.clock.now().getTime() - OVER * 1000);
    const late = { ...cloud, clock: { ...cloud.clock, now } };
    const scenes = new Map(Object.keys(HALF_MADE).map((state) => [state, createScene(late)]));
    await plantNeighbours(scenes.get('all of it is ready') as Scene);
    await plantLookAlikes(createScene(late));
    cloud.clock.advance(600);
    const before = census(cloud.aws.world);
    for (const [state, scene] of scenes) {
      const own = census(cloud.aws.world).length;
      await HALF_MADE[state]?.(scene);
      expect(census(cloud.aws.world).length).toBeGreaterThan(own);
    }
    expect(databasesOf(scenes.get('its clone is being created'))).toEqual(['creating']);
    expect(databasesOf(scenes.get('it is being deleted'))).toEqual(['deleting', 'deleting']);

    const runs = await reapUntilDone();
    cloud.clock.advance(2 * 3600);

    expect(census(cloud.aws.world)).toEqual(before);
    // Aurora takes longer than one run lives.
    expect(runs).toBeGreaterThan(1);
  }, 120_000);
});
