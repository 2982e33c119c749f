import { RestoreDBClusterToPointInTimeCommand } from '@aws-sdk/client-rds';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { TAG_KEYS } from '../../src/domain/tags.ts';
import type { EnvironmentEstate } from '../../src/reconcile/orphans/estate.ts';
import { type LocalCloud, startLocalCloud } from '../contract/local-cloud.ts';
import { targetGroupSpec } from '../contract/specimens.ts';
import { createScene, type Scene } from '../contract/stage.ts';
import { estateOn, reapOnce } from './reaper-stage.ts';

const OVER = 86_400 + 7200 + 60;

jest.setTimeout(60_000);

let cloud: LocalCloud;
let scene: Scene;
beforeAll(async () => {
  cloud = await startLocalCloud();
}, 60_000);
afterAll(async () => {
  await cloud.close();
});

/**
 * A pull request's environment of which a target group is there, and what somebody restored of its database by hand. RDS
 * can give what is restored without new tags those of its source, `Name` included.
 */
async function restoreByHand(): Promise<
  Record<'own' | 'untagged' | 'nameless' | 'copied' | 'elsewhere' | 'renamed', string>
> {
  scene = createScene(cloud);
  const { name: environment } = scene.environment;
  await scene.settle(scene.desire('target-group', 'api', targetGroupSpec(scene)));
  const own = `mayfly-${environment}`;
  const { tags } = scene.desire('clone-cluster', '', undefined as never);
  const names = {
    own,
    untagged: `${own}-untagged`,
    nameless: `${own}-nameless`,
    copied: `${own}-restored`,
    elsewhere: `before-${environment}`,
    renamed: `${own}-named-anew`,
  };
  await restore(names.own, { ...tags, [TAG_KEYS.name]: own });
  await restore(names.untagged, {});
  await restore(names.nameless, Object.fromEntries(Object.entries(tags).filter(([key]) => key !== TAG_KEYS.name)));
  await restore(names.copied, { ...tags, [TAG_KEYS.name]: own });
  await restore(names.elsewhere, { ...tags, [TAG_KEYS.name]: own });
  await restore(names.renamed, { ...tags, [TAG_KEYS.name]: names.renamed });
  cloud.clock.advance(1800);
  return names;
}

async function restore(DBClusterIdentifier: string, tags: Readonly<Record<string, string>>): Promise<void> {
  const { sourceIdentifier: SourceDBClusterIdentifier, subnetGroup: DBSubnetGroupName } = scene.platform;
  await scene.clients.rds.send(
    new RestoreDBClusterToPointInTimeCommand({
      DBClusterIdentifier,
      SourceDBClusterIdentifier,
      RestoreType: 'copy-on-write',
      UseLatestRestorableTime: true,
      DBSubnetGroupName,
      Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
    }),
  );
}

function databasesOf(estates: readonly EnvironmentEstate[]): string[] {
  return estates
    .flatMap(({ things }) => things)
    .filter(({ kind }) => kind === 'clone-cluster')
    .map(({ name }) => name);
}

const clusters = () => [...cloud.aws.world.rds.clusters.keys()];

describe('a database that somebody restored by hand', () => {
  it('is nobody’s without our tags, and where the name in them is not its own', async () => {
    const { own, renamed, untagged, nameless, copied, elsewhere } = await restoreByHand();
    const estates = await estateOn(cloud).read([scene.environment]);
    expect(databasesOf(estates)).toEqual([own, renamed]);
    // What is a copy of ours by its tags is told to whoever clears up after the environment; what has none is not ours to tell.
    const others = estates.flatMap((estate) => estate.others);
    expect(others.map((arn) => arn.split(':').at(-1))).toEqual([elsewhere, nameless, copied]);

    cloud.clock.advance(OVER);
    for (let runs = 0; runs < 5; runs += 1) {
      await reapOnce(cloud);
      cloud.clock.advance(900);
    }
    expect(clusters()).toEqual(expect.arrayContaining([untagged, nameless, copied, elsewhere]));
    expect(clusters()).not.toContain(own);
    expect(clusters()).not.toContain(renamed);
  });
});
