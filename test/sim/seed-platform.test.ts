import { EC2Client } from '@aws-sdk/client-ec2';
import { describe, expect, it } from '@jest/globals';
import { everythingIn } from '../../sim/aws/page/inventories.ts';
import { seedPlatform } from '../../sim/seed-platform.ts';
import { createAwsClients } from '../../src/provision/aws/clients.ts';
import { startSteppedAws } from '../support/aws-simulator.ts';

describe('seedPlatform', () => {
  it('adopts what an earlier seeding left, so that a cloud that outlives the demo takes it again', async () => {
    const { aws, clock, client } = await startSteppedAws();
    const clients = { ...createAwsClients(client), ec2: new EC2Client(client) };
    const seed = async () =>
      await seedPlatform(clients, {
        zone: 'ephemeral.example',
        images: ['app/web:1', 'app/web:2'],
        secrets: [{ name: 'WEB', members: { password: 'local' } }],
        parameters: [{ name: '/dev/domain', value: 'dev.example' }],
        pause: async (seconds) => clock.advance(seconds),
      });
    const resources = () => everythingIn(aws.world).map(({ arn, name }) => ({ arn, name }));
    const first = await seed();
    const standing = resources();
    expect(await seed()).toEqual(first);
    expect(resources()).toEqual(standing);
    for (const each of Object.values(clients)) {
      each.destroy();
    }
  });
});
