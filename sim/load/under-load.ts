import { findKept } from './kept.ts';
import { judgeMemory } from './memory.ts';
import { createKinds } from './messages.ts';
import type { LoadOptions } from './options.ts';
import { planDeliveries } from './plan.ts';
import { countBy, type LoadReport, reportOf } from './report.ts';
import { sendDeliveries } from './send-deliveries.ts';
import type { LogLine } from './server-process.ts';
import type { Stage } from './stage.ts';

const SAMPLE_EVERY_MS = 500;
/** A line about what waits is written every minute. */
const DEPTH_WITHIN_MS = 65_000;
const WARNING = 40;

/** Has the stage bear the load, and tells how it did. `tell` is called with what is going on. */
export async function underLoad(stage: Stage, options: LoadOptions, tell: (what: string) => void): Promise<LoadReport> {
  const { server, gates, database } = stage;
  const { rate, seconds, seed } = options;
  const log = listen(stage);
  const kinds = kindsFor(stage);
  const url = server.webhookUrl;
  gates.begin();
  const warmUp = async (forSeconds: number, drawnBy: number) => {
    const plan = planDeliveries(kinds, { count: Math.ceil(rate * forSeconds), seed: drawnBy });
    await sendDeliveries(plan, { url, rate });
  };
  tell(`warming up at ${rate} deliveries a second`);
  await warmUp(seconds / 6, seed + 1);
  const liveBefore = await server.liveBytes();
  // To have collected all garbage has made the heap small; it has its size again in about a minute.
  await warmUp(seconds, seed + 2);
  log.forget();

  tell(`${seconds} seconds of it`);
  labelPullRequests(stage);
  const resident = sampleEvery(SAMPLE_EVERY_MS, server.residentBytes);
  const plan = planDeliveries(kinds, { count: Math.ceil(rate * seconds), seed });
  const cpuBefore = await server.cpuSeconds();
  const delivered = await sendDeliveries(plan, { url, rate });
  const serverCpuSeconds = Math.round((await server.cpuSeconds()) - cpuBefore);
  const samples = await resident.end();
  tell('waiting for the log to say how much waits');
  await log.depthTold;
  const liveAfter = await server.liveBytes();
  return reportOf({
    rate,
    seconds,
    seed,
    serverCpuSeconds,
    delivered,
    kept: await findKept(database, delivered),
    memory: judgeMemory({ liveBefore, liveAfter, resident: samples, deliveries: delivered.length }),
    queueDepth: log.depths(),
    log: countBy(log.troubles().map(({ level, msg }) => `${level} ${msg}`)),
  });
}

function kindsFor({ cloud, pulls }: Stage) {
  const { github, seed } = cloud;
  return createKinds({
    secret: github.app.webhookSecret,
    repository: seed.repository,
    installationId: seed.installation.id,
    writer: seed.people.developer,
    outsider: seed.people.outsider,
    pulls,
  });
}

/** More ask for an environment than there are slots, so that AWS is asked for all that Mayfly would ever ask it for. */
function labelPullRequests({ cloud: { github, seed, label }, pulls }: Stage): void {
  for (const number of pulls) {
    github.actions.label({ repository: seed.repository, actor: seed.people.developer, number, label });
  }
}

function listen({ server }: Stage) {
  let lines: LogLine[] = [];
  const told = Promise.withResolvers<void>();
  let counts = false;
  server.onLog((line) => {
    lines.push(line);
    if (counts && isDepth(line)) {
      told.resolve();
    }
  });
  return {
    /** From now on the load counts. */
    forget() {
      lines = [];
      counts = true;
      setTimeout(told.resolve, DEPTH_WITHIN_MS * 2).unref();
    },
    /** Resolves after a line that was written under load, or when there is none. */
    depthTold: told.promise,
    depths: () =>
      lines.filter(isDepth).map(({ level: _level, msg: _msg, pid: _pid, hostname: _host, ...depth }) => depth),
    troubles: () => lines.filter(({ level }) => level >= WARNING),
  };
}

function isDepth({ msg }: LogLine): boolean {
  return msg === 'queue depth';
}

function sampleEvery(milliseconds: number, sample: () => Promise<number>) {
  const samples: Promise<number>[] = [];
  const timer = setInterval(() => void samples.push(sample()), milliseconds);
  return {
    async end(): Promise<readonly number[]> {
      clearInterval(timer);
      return await Promise.all(samples);
    },
  };
}
