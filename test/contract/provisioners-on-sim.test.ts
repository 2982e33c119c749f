import { EC2Client } from '@aws-sdk/client-ec2';
import { startAwsSimulator } from '../../sim/aws/server.ts';
import { setBehaviour } from '../../sim/aws/ecs/behaviour.ts';
import { createSteppedClock } from '../../sim/clock.ts';
import { seedPlatform } from '../../sim/seed-platform.ts';
import { createAwsClients } from '../../src/provision/aws/clients.ts';
import { defineProvisionerContract } from './provisioner-contract.ts';
import { SEED } from './stage.ts';

defineProvisionerContract('the local cloud', {
  losesAnswers: true,
  inaccuracies: {},
  async setUp() {
    const clock = createSteppedClock();
    const aws = await startAwsSimulator({ clock });
    const access = {
      region: 'eu-west-1',
      endpoint: aws.url,
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    };
    const clients = { ...createAwsClients(access), ec2: new EC2Client(access) };
    const pause = async (seconds: number) => {
      clock.advance(seconds);
      return await Promise.resolve();
    };
    const platform = await seedPlatform(clients, { ...SEED, pause });
    return {
      clients,
      platform,
      clock,
      fetch,
      loseAnswers: (operation, times) => {
        aws.faults.add({ operation, times, effect: { kind: 'drop-response' } });
      },
      behave: (rule) => setBehaviour(aws.world, rule),
      close: async () => await aws.close(),
    };
  },
});
