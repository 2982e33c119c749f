import { setBehaviour } from '../../sim/aws/ecs/behaviour.ts';
import { startAwsSimulator } from '../../sim/aws/server.ts';
import { createSteppedClock } from '../../sim/clock.ts';
import { seedStage } from './cloud-stage.ts';
import { defineProvisionerContract } from './provisioner-contract.ts';

defineProvisionerContract('the local cloud', {
  losesAnswers: true,
  inaccuracies: {},
  async setUp() {
    const clock = createSteppedClock();
    // Paces are met elsewhere: the SDK's own pauses pass in real time.
    const aws = await startAwsSimulator({ clock, rateLimits: false });
    return await seedStage({
      url: aws.url,
      clock,
      pause: async (seconds) => {
        clock.advance(seconds);
        return await Promise.resolve();
      },
      loseAnswers: (operation, times) => {
        aws.faults.clear();
        aws.faults.add({ operation, times, effect: { kind: 'drop-response' } });
      },
      behave: (rule) => setBehaviour(aws.world, rule),
      close: async () => await aws.close(),
    });
  },
});
