import { createSteppedClock } from '../../sim/clock.ts';
import { describeWithMoto, startMoto } from '../support/moto.ts';
import { seedStage } from './cloud-stage.ts';
import { defineProvisionerContract } from './provisioner-contract.ts';

/** Where moto is not AWS (aws.md, section 12). */
const INACCURACIES: Readonly<Record<string, string>> = {};

describeWithMoto('moto', () => {
  defineProvisionerContract('moto', {
    losesAnswers: false,
    inaccuracies: INACCURACIES,
    async setUp() {
      const moto = await startMoto();
      return await seedStage({
        url: moto.url,
        // moto lives by the real time and does most things at once; our own clock only has to pass.
        clock: createSteppedClock({ startAt: new Date() }),
        pause: async () => await Promise.resolve(),
        loseAnswers: undefined,
        behave: undefined,
        close: async () => await moto.stop(),
      });
    },
  });
});
