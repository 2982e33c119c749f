import type { Durations } from '../../sim/aws/durations.ts';
import { setBehaviour } from '../../sim/aws/ecs/behaviour.ts';
import type { BehaviourRule } from '../../sim/aws/ecs/behaviour-rule.ts';
import { type AwsSimulator, startAwsSimulator } from '../../sim/aws/server.ts';
import { createWorld } from '../../sim/aws/world.ts';
import { createSteppedClock } from '../../sim/clock.ts';
import { type ClosableStage, seedStage } from './cloud-stage.ts';

export type LocalCloud = ClosableStage & {
  readonly aws: AwsSimulator;
  /** What containers of an image do from now on. */
  behave(rule: BehaviourRule): void;
};

/** A seeded platform on the local cloud. With its rate limits off unless asked for: the SDK's own pauses pass in real time. */
export async function startLocalCloud({
  rateLimits = false,
  durations = {},
}: {
  rateLimits?: boolean;
  durations?: Partial<Durations>;
} = {}): Promise<LocalCloud> {
  const clock = createSteppedClock();
  const aws = await startAwsSimulator({ clock, world: createWorld({ clock, durations }), rateLimits });
  const stage = await seedStage({
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
    close: async () => await aws.close(),
  });
  return { ...stage, aws, behave: (rule) => setBehaviour(aws.world, rule) };
}
