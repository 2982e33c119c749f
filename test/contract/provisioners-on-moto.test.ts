import { createSteppedClock } from '../../sim/clock.ts';
import { describeWithMoto, startMoto } from '../support/moto.ts';
import { seedStage } from './cloud-stage.ts';
import { defineProvisionerContract } from './provisioner-contract.ts';

const SNAPSHOT_KEPT = "it keeps a deleted cluster's automatic snapshot, whose name holds the minute";
const TOKEN_KEPT = 'it looks up the deleted certificate that the idempotency token stood for, and crashes';
const NEEDS_MEMORY = 'RunTask crashes unless each container states its memory, which Fargate does not ask for';

/** Where moto is not AWS, in ways that no provisioner can meet. Each of these must fail: what moto mends leaves the list. */
const INACCURACIES: Readonly<Record<string, string>> = {
  'clone-cluster: is gone once released, and made anew when wanted again': SNAPSHOT_KEPT,
  'certificate: is gone once released, and made anew when wanted again': TOKEN_KEPT,
  'one-off-task: becomes ready and stays so without another step': NEEDS_MEMORY,
  'one-off-task: is adopted by a process that has forgotten it made it': NEEDS_MEMORY,
  'one-off-task: is gone once released, and made anew when wanted again': NEEDS_MEMORY,
  'one-off-task: carries every tag from its first moment': NEEDS_MEMORY,
};

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
        close: async () => await moto.stop(),
      });
    },
  });
});
