import { type ChaosCloud, PREFIX } from './chaos-cloud.ts';
import { checkTruth } from './truth/check-truth.ts';
import type { Violation } from './truth/violation.ts';

/** Simulated: what is on its way when everybody has arrived, such as a last edit of a comment, has this long. */
const SETTLING_SECONDS = 900;
const LOOK_MS = 100;

/**
 * What is untrue of a world in which everybody has arrived. Pull requests in `excused` may have a failing environment:
 * of those, only what can be true of such is asked.
 */
export async function judge(cloud: ChaosCloud, excused: ReadonlySet<number>): Promise<readonly Violation[]> {
  const { aws, github, seed, label, platform, clock, fetch, mayfly, witness } = cloud;
  const repository = github.store.repository(seed.repository);
  const end = clock.now().getTime() + SETTLING_SECONDS * 1000;
  for (;;) {
    const found = await checkTruth({
      aws,
      github,
      repository: seed.repository,
      label,
      prefix: PREFIX,
      slots: platform.limits.environments,
      fetch,
      witness,
      store: mayfly.store,
      log: [cloud.said()],
      wanted: (pull) => {
        if (excused.has(pull.number)) {
          return 'either';
        }
        const isWanted = pull.state === 'open' && pull.labels.includes(label) && pull.head.repository === repository;
        return isWanted ? 'present' : 'absent';
      },
    });
    if (found.length === 0 || clock.now().getTime() > end) {
      return found;
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}
