import type { MaskRun, SourceVersion } from '../../domain/source.ts';
import type { MaskOrder, TaskLook } from './ports.ts';
import { untilReady } from './restore.ts';
import { failing, going, type SourcePass, type Stepped, waiting } from './stepping.ts';

/** A run that is killed goes on where it was, but what kills every run is for somebody to see. */
const MOST_ATTEMPTS = 5;
/** As a shell tells of a program that a signal ended. */
const KILLED_FROM = 128;
/** `EX_TEMPFAIL` of sysexits.h: the task says that it may be run again. */
const TRY_AGAIN = 75;
/** A cluster may still say `available` for a while after it took a password. */
const SETTLING_SECONDS = 30;

/** The task that masks and verifies: one at a time, and none again whose end is a verdict. */
export async function mask(version: SourceVersion, pass: SourcePass): Promise<Stepped> {
  const { clock, clusters, task } = pass.ports;
  const now = clock.now();
  const look = await clusters.ensure(version);
  const unready = untilReady(look, version, now);
  if (unready || look.state !== 'ready') {
    return unready ?? waiting(version, 'its cluster');
  }
  if (!version.run) {
    return isSettled(version, now)
      ? // Written down before it is started, so that it is looked for before another is.
        going(version, { run: runOf(1, now) })
      : waiting(version, 'the cluster to take its new password');
  }
  const order = orderOf(version, version.run, look);
  return await judge({ version, run: version.run, order, look: await task.observe(order) }, pass);
}

function isSettled({ passwordAt }: SourceVersion, now: Date): boolean {
  return passwordAt !== null && now.getTime() - passwordAt.getTime() >= SETTLING_SECONDS * 1000;
}

function runOf(attempt: number, askedAt: Date): MaskRun {
  return { attempt, taskArn: null, askedAt, endedAt: null };
}

function orderOf(
  { id, snapshot }: SourceVersion,
  { attempt, taskArn }: MaskRun,
  { endpoint, port, user }: Pick<MaskOrder, 'endpoint' | 'port' | 'user'>,
): MaskOrder {
  return { id, snapshot, attempt, taskArn, endpoint, port, user };
}

interface Seen {
  readonly version: SourceVersion;
  readonly run: MaskRun;
  readonly order: MaskOrder;
  readonly look: TaskLook;
}

async function judge(seen: Seen, pass: SourcePass): Promise<Stepped> {
  const { version, run, order, look } = seen;
  switch (look.state) {
    case 'absent':
      if (run.taskArn !== null) {
        return await again(seen, { taskArn: run.taskArn, cause: 'ECS no longer knows how it ended' }, pass);
      }
      return waiting(
        { ...version, run: { ...run, taskArn: await pass.ports.task.start(order) } },
        'the task that masks to start',
      );
    case 'running':
      return await whileRunning(seen, look, pass);
    case 'ended':
      return await afterEnd(seen, look, pass);
  }
}

async function whileRunning(
  { version, run }: Seen,
  { taskArn }: Extract<TaskLook, { state: 'running' }>,
  { ports, settings: { maskSeconds } }: SourcePass,
): Promise<Stepped> {
  const now = ports.clock.now();
  const known = { ...version, run: { ...run, taskArn } };
  if (now.getTime() - run.askedAt.getTime() <= maskSeconds * 1000) {
    return waiting(known, 'the task that masks to end');
  }
  await ports.task.stop(taskArn);
  return failing(known, {
    at: now,
    reason: 'TaskTimedOut',
    message: `The task that masks ${version.id} ran for more than ${maskSeconds} seconds and was stopped. Its log says how far it came; give it a larger instance or more time.`,
  });
}

async function afterEnd(
  seen: Seen,
  { taskArn, exitCode, cause, lines }: Extract<TaskLook, { state: 'ended' }>,
  pass: SourcePass,
): Promise<Stepped> {
  const { version, run } = seen;
  const now = pass.ports.clock.now();
  if (exitCode === 0) {
    return going(version, { run: { ...run, taskArn, endedAt: now } });
  }
  if (exitCode === null || exitCode === TRY_AGAIN || exitCode >= KILLED_FROM) {
    return await again(seen, { taskArn, cause }, pass);
  }
  const message = [`The task that masks ${version.id} failed: ${cause}.`, ...lines].join('\n');
  return failing({ ...version, run: { ...run, taskArn } }, { at: now, reason: 'TaskFailed', message });
}

/** The passport is the last that a task writes: with one, all was done, whatever ended it afterwards. */
async function again(
  { version, run }: Seen,
  { taskArn, cause }: { taskArn: string; cause: string },
  { ports }: SourcePass,
): Promise<Stepped> {
  const now = ports.clock.now();
  if (await ports.passports.read(taskArn)) {
    return going(version, { run: { ...run, taskArn, endedAt: now } });
  }
  if (run.attempt < MOST_ATTEMPTS) {
    return going(version, { run: runOf(run.attempt + 1, now) });
  }
  return failing(version, {
    at: now,
    reason: 'TaskFailed',
    message: `The task that masks ${version.id} was ended ${MOST_ATTEMPTS} times before it was through; the last time: ${cause}.`,
  });
}
