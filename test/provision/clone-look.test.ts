import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createCloneLook } from '../../src/provision/aws/clone-look.ts';
import { type LocalCloud, startLocalCloud } from '../contract/local-cloud.ts';
import { SPECIMENS } from '../contract/specimens.ts';
import { createScene } from '../contract/stage.ts';

let cloud: LocalCloud;
beforeEach(async () => {
  cloud = await startLocalCloud();
}, 60_000);
afterEach(async () => {
  await cloud.close();
});

async function upFor(minutes: number) {
  const scene = createScene(cloud);
  await scene.settle(await SPECIMENS['clone-instance'].desire(scene));
  const credentials = await SPECIMENS['database-credentials'].desire(scene);
  await scene.settle(credentials);
  scene.clock.advance(minutes * 60);
  const look = createCloneLook({ ...scene.mayflyClients, clock: scene.clock });
  return { look, secret: credentials.name, cluster: credentials.spec.clusterIdentifier };
}

describe('a look at a clone', () => {
  it('tells its state, its limits and what was measured of it', async () => {
    const { look, cluster } = await upFor(5);

    expect(await look.see(cluster)).toEqual({
      status: 'available',
      endpoint: expect.stringContaining(cluster),
      port: 3306,
      limits: { min: 0, max: 2, autoPauseSeconds: 600 },
    });
    expect(await look.measure(cluster)).toEqual({ capacity: expect.any(Number), volumeBytes: expect.any(Number) });
  });

  it('knows nothing of a cluster that is not there', async () => {
    const look = createCloneLook({ ...cloud.mayflyClients, clock: cloud.clock });

    expect(await look.see('nonprod-pr-1')).toBeUndefined();
    expect(await look.measure('nonprod-pr-1')).toEqual({ capacity: null, volumeBytes: null });
    expect(await look.credentials('nonprod/pr-1/database')).toBeUndefined();
  });

  it('has the master password that the clone has taken', async () => {
    const { look, secret } = await upFor(0);

    expect(await look.credentials(secret)).toEqual({
      user: expect.any(String),
      password: expect.stringMatching(/^.{40}$/),
    });
  });

  it('takes a metric that may not be read for one that is not known', async () => {
    const { rds, secrets } = cloud.mayflyClients;
    const denied = Object.assign(new Error('no'), { name: 'AccessDenied' });
    const cloudwatch = { send: async () => await Promise.reject(denied) };
    const look = createCloneLook({ rds, secrets, cloudwatch, clock: cloud.clock });

    expect(await look.measure('any')).toEqual({ capacity: null, volumeBytes: null });
  });
});
