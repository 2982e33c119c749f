import {
  DeleteDBClusterCommand,
  DeleteDBInstanceCommand,
  ModifyDBClusterCommand,
  StartDBClusterCommand,
  StopDBClusterCommand,
} from '@aws-sdk/client-rds';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { type Aurora, startAurora } from './aurora.ts';

const golden = { DBClusterIdentifier: 'golden' };

describe('stopping and starting a cluster', () => {
  let aurora: Aurora;
  beforeEach(async () => {
    aurora = await startAurora();
  });

  const stop = async () => await aurora.rds.send(new StopDBClusterCommand(golden));
  const status = async () => [
    (await aurora.cluster('golden')).Status,
    (await aurora.instance('golden-1')).DBInstanceStatus,
  ];

  it('stops and starts through their states, with its instances', async () => {
    expect((await stop()).DBCluster?.Status).toBe('stopping');
    aurora.clock.advance(aurora.world.durations.clusterStopped);
    expect(await status()).toEqual(['stopped', 'stopped']);
    await aurora.rds.send(new StartDBClusterCommand(golden));
    expect(await status()).toEqual(['starting', 'starting']);
    aurora.clock.advance(aurora.world.durations.clusterStarted);
    expect(await status()).toEqual(['available', 'available']);
  });

  it('starts by itself after seven days', async () => {
    await stop();
    aurora.clock.advance(aurora.world.durations.clusterStopped);
    const { AutomaticRestartTime } = await aurora.cluster('golden');
    expect(AutomaticRestartTime).toEqual(new Date(aurora.clock.now().getTime() + 7 * 24 * 3600 * 1000));
    aurora.clock.advance(7 * 24 * 3600);
    expect(await status()).toEqual(['starting', 'starting']);
    expect((await aurora.cluster('golden')).AutomaticRestartTime).toBeUndefined();
    aurora.clock.advance(aurora.world.durations.clusterStarted);
    expect(await status()).toEqual(['available', 'available']);
  });

  it('refuses to stop what is stopping and to start what is available', async () => {
    await expect(aurora.rds.send(new StartDBClusterCommand(golden))).rejects.toMatchObject({
      name: 'InvalidDBClusterStateFault',
    });
    await stop();
    await expect(stop()).rejects.toMatchObject({
      name: 'InvalidDBClusterStateFault',
      message: 'DbCluster golden is in stopping state but expected it to be one of available.',
    });
  });

  it('does not bring back an instance that is being deleted', async () => {
    await aurora.deleteInstance('golden-1');
    await expect(stop()).rejects.toMatchObject({ name: 'InvalidDBInstanceStateFault' });
    expect(await status()).toEqual(['available', 'deleting']);
    aurora.clock.advance(aurora.world.durations.instanceDeleted);
    await expect(aurora.instance('golden-1')).rejects.toMatchObject({ name: 'DBInstanceNotFoundFault' });
  });

  it('lets a stopped cluster be neither modified, deleted nor cloned, nor lose an instance', async () => {
    await stop();
    aurora.clock.advance(aurora.world.durations.clusterStopped);
    const refused = { name: 'InvalidDBClusterStateFault' };
    await expect(
      aurora.rds.send(new ModifyDBClusterCommand({ ...golden, DeletionProtection: true })),
    ).rejects.toMatchObject(refused);
    await expect(
      aurora.rds.send(new DeleteDBClusterCommand({ ...golden, SkipFinalSnapshot: true })),
    ).rejects.toMatchObject(refused);
    await expect(
      aurora.rds.send(new DeleteDBInstanceCommand({ DBInstanceIdentifier: 'golden-1' })),
    ).rejects.toMatchObject(refused);
    await expect(aurora.clone('pr-7')).rejects.toMatchObject(refused);
  });
});
