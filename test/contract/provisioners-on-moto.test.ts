import { EC2Client } from '@aws-sdk/client-ec2';
import { createSteppedClock } from '../../sim/clock.ts';
import { seedPlatform } from '../../sim/seed-platform.ts';
import { createAwsClients } from '../../src/provision/aws/clients.ts';
import { describeWithMoto, startMoto } from '../support/moto.ts';
import { defineProvisionerContract } from './provisioner-contract.ts';
import { SEED } from './stage.ts';

/** Where moto is not AWS (aws.md, section 12). */
const INACCURACIES: Readonly<Record<string, string>> = {};

describeWithMoto('moto', () => {
  defineProvisionerContract('moto', {
    losesAnswers: false,
    inaccuracies: INACCURACIES,
    async setUp() {
      const moto = await startMoto();
      const access = {
        region: 'eu-west-1',
        endpoint: moto.url,
        credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
      };
      const clients = { ...createAwsClients(access), ec2: new EC2Client(access) };
      const platform = await seedPlatform(clients, { ...SEED, pause: async () => await Promise.resolve() });
      return {
        clients,
        platform,
        // moto lives by the real time and does most things at once; our own clock only has to pass.
        clock: createSteppedClock({ startAt: new Date() }),
        fetch,
        loseAnswers: undefined,
        behave: undefined,
        close: async () => await moto.stop(),
      };
    },
  });
});
