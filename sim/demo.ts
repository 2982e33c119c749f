import { createRunningClock } from './clock.ts';
import { watchForeignWaits } from './demo/foreign-waits.ts';
import { interruption } from './interruption.ts';
import { createNotObservable, type NotObservable } from './demo/not-observable.ts';
import { type DemoOptions, parseOptions, USAGE } from './demo/options.ts';
import { createProgress } from './demo/progress.ts';
import { type DemoResult, resultOf } from './demo/result.ts';
import { tellStory } from './demo/story.ts';
import { summary } from './demo/summary.ts';
import { timeline } from './demo/timeline.ts';
import { watchTransitions } from './demo/transitions.ts';
import { type LocalCloud, startLocalCloud } from './local/local-cloud.ts';

async function tell(cloud: LocalCloud, options: DemoOptions, taken: NotObservable): Promise<DemoResult> {
  const progress = createProgress(process.stderr, cloud.clock);
  const observer = cloud.aws
    ? { transitions: watchTransitions(cloud.aws.world, cloud.clock) }
    : { foreign: watchForeignWaits(cloud.clients) };
  const story = await tellStory({ cloud, number: options.pullRequest, progress, observer });
  ('foreign' in observer ? observer.foreign : observer.transitions).stop();
  const notObservable = taken.keys();
  const result = resultOf(story, { cloud, options, notObservable });
  if (options.json) {
    process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
  } else {
    const bars = timeline(story.rowsWhenReady, {
      from: story.labelledAt,
      to: story.readyAt,
      critical: story.criticalPath.keys,
    });
    const { problems, simulated } = result;
    process.stdout.write(`\n${bars}\n\n${summary({ story, problems, notObservable, simulated })}`);
  }
  return result;
}

async function main(options: DemoOptions): Promise<number> {
  // Another AWS lives by the wall's time, and so does everything that waits for it.
  const speed = options.awsEndpoint === undefined ? options.speed : 1;
  const clock = createRunningClock({ speed });
  const taken = createNotObservable();
  process.stderr.write(
    options.awsEndpoint === undefined
      ? `Simulated: one real second is ${speed} of the cloud's. No account is touched.\n`
      : `Against ${options.awsEndpoint}, in real time. What needs a running task is not observable there.\n`,
  );
  // A build takes as long as ever; what is measured there is Mayfly, so nothing is built but at once.
  const foreign = options.awsEndpoint === undefined ? {} : { adapt: taken.adapt, buildSeconds: 0 };
  const cloud = await startLocalCloud({ clock, awsEndpoint: options.awsEndpoint, ...foreign });
  const interrupted = interruption();
  try {
    const result = await Promise.race([tell(cloud, { ...options, speed }, taken), interrupted]);
    if (!result) {
      return 1;
    }
    if (!options.exit) {
      process.stderr.write(
        `\nThe local cloud stays up: GitHub at ${cloud.github.url}/${cloud.seed.repository}/pulls, AWS at ${cloud.awsUrl}/_sim. Ctrl-C ends it.\n`,
      );
      await interrupted;
    }
    return result.ok ? 0 : 1;
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    process.stderr.write(`The story did not go as it should: ${problem}\n`);
    if (options.json) {
      process.stdout.write(`${JSON.stringify({ ok: false, problems: [problem] })}\n`);
    }
    return 1;
  } finally {
    await cloud.stop();
  }
}

let options: DemoOptions | undefined;
try {
  options = parseOptions(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}\n`);
  process.exitCode = 2;
}
if (options) {
  process.exitCode = await main(options);
}
