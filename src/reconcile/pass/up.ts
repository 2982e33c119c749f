import { TerminalError, TransientError } from '../../domain/failure.ts';
import { type Admission, admit, withdraw } from '../admission/admit.ts';
import type { Waiting } from '../admission/contenders.ts';
import { shortageFinding } from '../admission/shortage.ts';
import { at, clearanceOf } from '../clearance.ts';
import { TERMINAL_RECHECK_SECONDS, terminalFailure } from '../graph/failing.ts';
import { cloneKeys, resetsOnBooks } from '../plan/clone-keys.ts';
import type { Plan } from '../plan/plan.ts';
import type { Planning } from '../plan/planner.ts';
import { type Finding, finding, servingFinding } from '../report/conditions.ts';
import { type PassView, view } from '../report/pass-view.ts';
import { resolve } from '../resolve.ts';
import type { EnvironmentRecord, Resolution, ResourceRecord } from '../store.ts';
import { SupersededError } from '../superseded.ts';
import { build, type UpPass } from './build.ts';
import { lookAfter } from './look-after.ts';
import { type Preflight, readPreflight } from './preflight.ts';
import { refuseReset } from './refuse-reset.ts';
import { soonest } from './soonest.ts';

/** A slot that frees calls those who wait; this is for what nobody calls for, such as a limit that was raised. */
const WAITING_RECHECK_SECONDS = 300;
/** When AWS did not say how much of its budgets is taken. */
const READ_AGAIN_SECONDS = 10;
/** GitHub says that there is no blueprint also of a commit that it does not have yet. */
const MISSING_RECHECK_SECONDS = 300;

/** The pass of an environment that is wanted: refused, or waiting for a slot, or one step nearer to what its blueprint says. */
export async function passUp(pass: UpPass): Promise<PassView> {
  const { record, ports } = pass;
  const { cleared, finding: held } = clearanceOf(record, await ports.store.approvals(record.identity.id));
  const findings = held ? [held] : [];
  if (!cleared) {
    await withdraw(ports.store, record);
    return view({ findings, rows: await ports.store.resources(record.identity.id, record.life) });
  }
  const reached = await passCleared({ ...pass, record: cleared });
  return {
    ...reached,
    ...(reached.record && { record: at(record.intent, reached.record) }),
    findings: [...findings, ...reached.findings.map((found) => ofHead(found, pass, cleared))],
  };
}

/** What is served of another commit is not the head. */
function ofHead(found: Finding, { record }: UpPass, cleared: EnvironmentRecord): Finding {
  return found.type === 'Serving' && cleared.intent.headSha !== record.intent.headSha
    ? servingFinding({ headSha: record.intent.headSha, servedSha: cleared.intent.headSha })
    : found;
}

async function passCleared(given: UpPass): Promise<PassView> {
  const { record, ports } = given;
  const { store } = ports;
  const rows = await store.resources(record.identity.id, record.life);
  const source = await ports.sources?.choose(rows, cloneKeys(record.intent.databaseResets).cluster);
  const pass = source ? { ...given, source } : given;
  const { planning, resolution } = await planOf(pass);
  if (!planning.ok) {
    const { reason, problems } = planning;
    const invalid = finding('BlueprintValid', 'false', { reason, message: problems.join('\n') });
    await withdraw(store, record);
    // What ran before a bad blueprint was pushed keeps running: it holds its slot, and its rows stay on the books.
    const before = await lookAfter(pass, { plan: null, resolution });
    const again = reason === 'BlueprintMissing' ? MISSING_RECHECK_SECONDS : null;
    return { ...before, findings: [invalid], requeueAfterSeconds: soonest([before.requeueAfterSeconds, again]) };
  }
  const { plan } = planning;
  const preflight = await readPreflight(pass, plan, { resolution, rows });
  const made = await passPlanned(pass, { plan, resolution, rows, preflight });
  return { ...made, migrations: joined(preflight.said, made.migrations) };
}

/** What was known before the pass, with the difference that it saw itself. */
function joined(said: Preflight['said'], seen: PassView['migrations']): PassView['migrations'] {
  return said && seen ? { ...said, difference: seen.difference } : (seen ?? said);
}

async function passPlanned(
  pass: UpPass,
  { plan, resolution, rows, preflight }: Reached & { rows: readonly ResourceRecord[]; preflight: Preflight },
): Promise<PassView> {
  const { record, ports, settings } = pass;
  let admission: Admission;
  try {
    await refuseUnproven(pass, plan, rows);
    if (preflight.refusal) {
      await refuseUnmade(pass, rows, preflight.refusal.message);
      return await refuse(pass, { plan, resolution }, preflight.refusal);
    }
    admission = await admit({ ...ports, limit: settings.limit }, { record, needs: plan.needs });
  } catch (error) {
    return await waitForReading(pass, { plan, resolution }, error);
  }
  if (!admission.admitted) {
    const { shortage } = admission.waiting;
    await refuseUnmade(pass, rows, shortage?.kind === 'clones' ? shortageFinding(shortage).message : undefined);
    return await wait(pass, { plan, resolution }, admission.waiting);
  }
  await leaveBehind(resolution, pass);
  return {
    ...(await build({ ...pass, record: at(record.intent, admission.record) }, plan)),
    record: admission.record,
  };
}

/** Nothing is asked for, not even a slot, of what has to be cloned of something that nobody proved. */
async function refuseUnproven(pass: UpPass, { database }: Plan, rows: readonly ResourceRecord[]): Promise<void> {
  const problem = database ? pass.source?.problem : undefined;
  if (problem) {
    await refuseUnmade(pass, rows, problem.message);
    throw problem;
  }
}

/** Nobody waits behind a commit that somebody has to change first; what an earlier one left is looked after meanwhile. */
async function refuse(pass: UpPass, reached: Reached, refusal: TerminalError): Promise<PassView> {
  const { record, ports } = pass;
  await withdraw(ports.store, record);
  const made = await lookAfter(pass, reached);
  if (record.servedSha === null) {
    const findings = [finding('Admitted', 'false', refusal)];
    return waiting(made, WAITING_RECHECK_SECONDS, { findings, plan: reached.plan });
  }
  return waiting(made, WAITING_RECHECK_SECONDS, {
    findings: [finding('Admitted', 'unknown', refusal), finding('Serving', 'false', refusal)],
    failures: [{ subject: 'migrations', failure: terminalFailure(refusal) }],
    plan: reached.plan,
  });
}

/** A fresh clone that cannot be made now is made not at all, where there is one: what runs is not to wait for it. */
async function refuseUnmade(
  { record, ports }: UpPass,
  rows: readonly ResourceRecord[],
  because: string | undefined,
): Promise<void> {
  const resets = resetsOnBooks(rows);
  if (because !== undefined && resets !== undefined && resets < record.intent.databaseResets) {
    await refuseReset(record, { resets, because: `${because} The database stays as it is` }, ports);
    throw new SupersededError();
  }
}

/** There is room for the commit: what it is made of from now on is the commit itself. */
async function leaveBehind({ madeOf, ...resolution }: Resolution, { record, ports }: UpPass): Promise<void> {
  if (madeOf) {
    await ports.store.saveOutcome(record.identity.id, record.life, { resolution });
  }
}

/** What GitHub will not show, and what we cannot read, heals by no waiting: nobody stands behind it in the queue meanwhile. */
async function planOf({
  record,
  ports,
  settings,
  source,
}: UpPass): Promise<{ planning: Planning; resolution: Resolution }> {
  const { store, planner } = ports;
  try {
    const resolution = await resolve(record, { ...ports, ...settings, reader: planner });
    const automaticMax = await ports.meter?.automaticMax(record);
    return { planning: planner.plan(record, resolution, { source: source?.planned, automaticMax }), resolution };
  } catch (error) {
    if (!(error instanceof TransientError || error instanceof SupersededError)) {
      await withdraw(store, record);
    }
    throw error;
  }
}

interface Reached {
  readonly plan: Plan;
  readonly resolution: Resolution;
}

/**
 * Nothing is made before it is known whether there is room for it. What passes by itself is waited for; what somebody has to
 * mend is said as the failure it is, and nobody waits behind it.
 */
async function waitForReading(pass: UpPass, reached: Reached, error: unknown): Promise<PassView> {
  const { plan } = reached;
  if (error instanceof TransientError) {
    const again = error.retryAfterSeconds ?? READ_AGAIN_SECONDS;
    return waiting(await lookAfter(pass, reached), again, { findings: [finding('Admitted', 'unknown', error)], plan });
  }
  if (error instanceof TerminalError) {
    await withdraw(pass.ports.store, pass.record);
    return waiting(await lookAfter(pass, reached), TERMINAL_RECHECK_SECONDS, {
      findings: [finding('Admitted', 'unknown', error), finding('Serving', 'false', error)],
      failures: [
        {
          subject: error === pass.source?.problem ? 'the source of the database' : 'room on the platform',
          failure: terminalFailure(error),
        },
      ],
      plan,
    });
  }
  throw error;
}

/** What is said of a commit that waits, beside what was found of what is made. */
function waiting(made: PassView, again: number, said: Partial<PassView>): PassView {
  return {
    ...made,
    ...said,
    failures: [...(said.failures ?? []), ...made.failures],
    requeueAfterSeconds: soonest([again, made.requeueAfterSeconds]),
  };
}

async function wait(pass: UpPass, reached: Reached, { place, limit, holders, shortage }: Waiting): Promise<PassView> {
  const noSlot = { reason: 'NoFreeSlot', message: `It waits for a slot, at place ${place}.` };
  const { store, meter } = pass.ports;
  const lastUsed = await store.lastUsed(holders.map(({ identity }) => identity.id));
  const costs = meter ? await Promise.all(holders.map(async (holder) => await meter.last(holder))) : [];
  return waiting(await lookAfter(pass, reached), WAITING_RECHECK_SECONDS, {
    findings: [finding('Admitted', 'unknown', shortage ? shortageFinding(shortage) : noSlot)],
    plan: reached.plan,
    queue: {
      place,
      limit,
      shortage,
      holders: holders.map((holder, index) => ({
        record: holder,
        usedAt: lastUsed.get(holder.identity.id) ?? holder.createdAt,
        idleSince: costs[index]?.idleSince,
        nearlyIdleSince: costs[index]?.nearlyIdleSince,
      })),
    },
  });
}
