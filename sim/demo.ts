import { createRunningClock } from './clock.ts';
import { createNotObservable, type NotObservable } from './demo/not-observable.ts';
import { observe } from './demo/observer.ts';
import { type DemoOptions, parseOptions, USAGE } from './demo/options.ts';
import { createPlans } from './demo/plans.ts';
import { createProgress, type Progress } from './demo/progress.ts';
import { type DemoResult, resultOf } from './demo/result.ts';
import { type Story, tellStory } from './demo/story.ts';
import { summary } from './demo/summary.ts';
import { timeline } from './demo/timeline.ts';
import { interruption } from './interruption.ts';
import { type LocalCloud, startLocalCloud } from './local/local-cloud.ts';
import { runProgram } from './program.ts';
import { startFailure } from './start-failure.ts';

/** As a shell says that Ctrl-C ended a program. */
const INTERRUPTED = 130;

async function start({ awsEndpoint, speed }: DemoOptions, taken: NotObservable): Promise<LocalCloud> {
  if (awsEndpoint === undefined) {
    process.stderr.write(`Simulated: one real second is ${speed} of the cloud's. No account is touched.\n`);
    return await startLocalCloud({ clock: createRunningClock({ speed }) });
  }
  process.stderr.write(`Against ${awsEndpoint}, in real time. What needs a running task is not observable there.\n`);
  // A build takes as long as ever; what is measured there is Mayfly, so nothing is built but at once.
  return await startLocalCloud({ clock: createRunningClock(), awsEndpoint, adapt: taken.adapt, buildSeconds: 0 });
}

interface Telling {
  readonly options: DemoOptions;
  readonly taken: NotObservable;
  readonly progress: Progress;
}

async function tell(cloud: LocalCloud, { options, taken, progress }: Telling): Promise<DemoResult> {
  const observer = observe(cloud);
  try {
    const plans = createPlans(cloud.platform);
    const story = await tellStory({ cloud, number: options.pullRequest, progress, plans, observer });
    const notObservable = taken.keys();
    const result = resultOf(story, { cloud, options, notObservable });
    process.stdout.write(
      options.json ? `${JSON.stringify(result, null, 2)}\n` : pictureOf(story, result, notObservable),
    );
    return result;
  } finally {
    observer.stop();
  }
}

function pictureOf(story: Story, { problems, simulated }: DemoResult, notObservable: readonly string[]): string {
  const bars = timeline(story.rowsWhenReady, {
    from: story.labelledAt,
    to: story.readyAt,
    critical: story.criticalPath.keys,
    simulated,
    columns: process.stdout.columns,
  });
  return `\n${bars}\n\n${summary({ story, problems, notObservable, simulated })}`;
}

function failed(error: unknown, { json }: DemoOptions): number {
  const problem = startFailure(error);
  process.stderr.write(`The story did not go as it should: ${problem}\n`);
  if (json) {
    process.stdout.write(`${JSON.stringify({ ok: false, problems: [problem] })}\n`);
  }
  return 1;
}

/** Undefined when Ctrl-C comes first. */
async function shown(cloud: LocalCloud, interrupted: Promise<void>, telling: Omit<Telling, 'progress'>) {
  const live = process.stderr.isTTY && process.env['TERM'] !== 'dumb';
  const progress = createProgress(process.stderr, { clock: cloud.clock, live });
  try {
    return await Promise.race([tell(cloud, { ...telling, progress }), interrupted]);
  } finally {
    progress.end();
  }
}

async function main(options: DemoOptions): Promise<number> {
  const interrupted = interruption();
  const taken = createNotObservable();
  const starting = start(options, taken);
  try {
    const cloud = await Promise.race([starting, interrupted]);
    const result = cloud && (await shown(cloud, interrupted, { options, taken }));
    if (!cloud || !result) {
      process.stderr.write('\nInterrupted: the local cloud goes down.\n');
      return INTERRUPTED;
    }
    if (!options.exit) {
      process.stderr.write(
        `\nThe local cloud stays up until Ctrl-C.\n  GitHub   ${cloud.github.url}/${cloud.seed.repository}/pulls\n  AWS      ${cloud.awsUrl}/_sim\n`,
      );
      await interrupted;
    }
    return result.ok ? 0 : 1;
  } catch (error) {
    return failed(error, options);
  } finally {
    const cloud = await starting.catch(() => undefined);
    await cloud?.stop();
  }
}

await runProgram({ usage: USAGE, parse: parseOptions, main });
