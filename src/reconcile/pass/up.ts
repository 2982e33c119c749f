import { TerminalError, TransientError } from '../../domain/failure.ts';
import { encodeTags } from '../../domain/tags.ts';
import { type Admission, admit, withdraw } from '../admission/admit.ts';
import type { Waiting } from '../admission/contenders.ts';
import { shortageFinding } from '../admission/shortage.ts';
import { at, clearanceOf } from '../clearance.ts';
import { bringUp } from '../graph/bring-up.ts';
import { TERMINAL_RECHECK_SECONDS, terminalFailure } from '../graph/failing.ts';
import { openLedger } from '../graph/ledger.ts';
import { isServing, type NodeStanding } from '../graph/standing.ts';
import type { RowLeaving } from '../graph/take-down.ts';
import type { Plan } from '../plan/plan.ts';
import type { Planning } from '../plan/planner.ts';
import { type Finding, finding, findingsOf, servingFinding } from '../report/conditions.ts';
import { type PassView, view } from '../report/pass-view.ts';
import { resolve } from '../resolve.ts';
import { attendBuilds } from '../runs/attend-builds.ts';
import type { EnvironmentRecord } from '../store.ts';
import { SupersededError } from '../superseded.ts';
import { confirmIntent } from './confirm-intent.ts';
import type { Looks } from './looks.ts';
import type { PassPorts, PassSettings } from './ports.ts';
import { prune } from './prune.ts';
import { soonest } from './soonest.ts';

/** A slot that frees calls those who wait; this is for what nobody calls for, such as a limit that was raised. */
const WAITING_RECHECK_SECONDS = 300;
/** When AWS did not say how much of its budgets is taken. */
const READ_AGAIN_SECONDS = 10;
/** GitHub says that there is no blueprint also of a commit that it does not have yet. */
const MISSING_RECHECK_SECONDS = 300;

export interface UpPass {
  readonly record: EnvironmentRecord;
  readonly looks: Looks;
  readonly ports: PassPorts;
  readonly settings: PassSettings;
  /** Aborts when this process no longer holds the environment. */
  readonly signal: AbortSignal;
}

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

async function passCleared(pass: UpPass): Promise<PassView> {
  const { record, ports, settings } = pass;
  const { store } = ports;
  const planning = await planOf(pass);
  if (!planning.ok) {
    const { reason, problems } = planning;
    const invalid = finding('BlueprintValid', 'false', { reason, message: problems.join('\n') });
    // What ran before a bad blueprint was pushed keeps running: it holds its slot, and its rows stay on the books.
    const rows = await store.resources(record.identity.id, record.life);
    await withdraw(store, record);
    const requeueAfterSeconds = reason === 'BlueprintMissing' ? MISSING_RECHECK_SECONDS : null;
    return view({ findings: [invalid], rows, requeueAfterSeconds });
  }
  const { needs } = planning.plan;
  let admission: Admission;
  try {
    admission = await admit({ ...ports, limit: settings.limit }, { record, needs });
  } catch (error) {
    return await waitForReading(pass, planning.plan, error);
  }
  return admission.admitted
    ? {
        ...(await build({ ...pass, record: at(record.intent, admission.record) }, planning.plan)),
        record: admission.record,
      }
    : await wait(pass, planning.plan, admission.waiting);
}

/** What GitHub will not show, and what we cannot read, heals by no waiting: nobody stands behind it in the queue meanwhile. */
async function planOf({ record, ports, settings }: UpPass): Promise<Planning> {
  const { store, planner } = ports;
  try {
    const resolution = await resolve(record, { ...ports, ...settings, reader: planner });
    return planner.plan(record, resolution);
  } catch (error) {
    if (!(error instanceof TransientError || error instanceof SupersededError)) {
      await withdraw(store, record);
    }
    throw error;
  }
}

/**
 * Nothing is made before it is known whether there is room for it. What passes by itself is waited for; what somebody has to
 * mend is said as the failure it is, and nobody waits behind it.
 */
async function waitForReading(pass: UpPass, plan: Plan, error: unknown): Promise<PassView> {
  const rows = await rowsOf(pass);
  if (error instanceof TransientError) {
    const requeueAfterSeconds = error.retryAfterSeconds ?? READ_AGAIN_SECONDS;
    return view({ findings: [finding('Admitted', 'unknown', error)], plan, rows, requeueAfterSeconds });
  }
  if (error instanceof TerminalError) {
    await withdraw(pass.ports.store, pass.record);
    return view({
      findings: [finding('Admitted', 'unknown', error), finding('Serving', 'false', error)],
      failures: [{ subject: 'room on the platform', failure: terminalFailure(error) }],
      plan,
      rows,
      requeueAfterSeconds: TERMINAL_RECHECK_SECONDS,
    });
  }
  throw error;
}

/** What ran before a commit that finds no room keeps running, and its rows stay on the books. */
async function rowsOf({ record, ports }: UpPass): Promise<PassView['rows']> {
  return record.admittedAt ? await ports.store.resources(record.identity.id, record.life) : [];
}

async function wait(pass: UpPass, plan: Plan, waiting: Waiting): Promise<PassView> {
  const { place, limit, holders, shortage } = waiting;
  const noSlot = { reason: 'NoFreeSlot', message: `It waits for a slot, at place ${place}.` };
  const lastUsed = await pass.ports.store.lastUsed(holders.map(({ identity }) => identity.id));
  return view({
    findings: [finding('Admitted', 'unknown', shortage ? shortageFinding(shortage) : noSlot)],
    plan,
    rows: await rowsOf(pass),
    queue: {
      place,
      limit,
      shortage,
      holders: holders.map((holder) => ({
        record: holder,
        usedAt: lastUsed.get(holder.identity.id) ?? holder.createdAt,
      })),
    },
    requeueAfterSeconds: WAITING_RECHECK_SECONDS,
  });
}

async function build(pass: UpPass, plan: Plan): Promise<PassView> {
  const { record, looks, ports, signal } = pass;
  const { store, clock } = ports;
  const ledger = await openLedger({ store, environmentId: record.identity.id, life: record.life, clock });
  const reached = await bringUp(plan.nodes, {
    environment: record.identity,
    provisioners: ports.provisioners,
    ledger,
    attention: looks.up,
    clock,
    tags: (name) => ({ ...plan.tags, ...tagsOf(record, name) }),
    confirmIntent: async () => await confirmIntent({ record, store, signal }),
    onUnexpected: ports.onUnexpected,
  });
  const builds = await attendBuilds({ record, ports, signal, attention: looks.runs }, { plan, standings: reached });
  const { standings } = builds;
  const leavings = await prune(pass, plan, ledger);
  const outcome = outcomeOf(record, standings, clock.now());
  const servedSha = isServing(standings) ? record.intent.headSha : null;
  const admitted = finding('Admitted', 'true', { reason: 'HasSlot', message: '' });
  const valid = finding('BlueprintValid', 'true', { reason: 'Read', message: '' });
  return view({
    findings: [admitted, valid, ...findingsOf(standings, { headSha: record.intent.headSha, servedSha })],
    plan,
    standings,
    leavings,
    rows: ledger.all(),
    outcome,
    requeueAfterSeconds: soonest([nextLook(pass, standings, leavings), builds.requeueAfterSeconds]),
  });
}

function tagsOf({ identity, intent }: EnvironmentRecord, name: string): Readonly<Record<string, string>> {
  return encodeTags({
    environment: identity,
    name,
    branch: intent.headRef,
    commit: intent.headSha,
    expiresAt: intent.expiresAt,
  });
}

function outcomeOf(record: EnvironmentRecord, standings: readonly NodeStanding[], now: Date): PassView['outcome'] {
  if (!isServing(standings) || record.servedSha === record.intent.headSha) {
    return {};
  }
  return {
    servedSha: record.intent.headSha,
    servedAt: now,
    ...(record.readyAt ? {} : { readyAt: now }),
  };
}

function nextLook(
  { looks, ports }: UpPass,
  standings: readonly NodeStanding[],
  leavings: readonly RowLeaving[],
): number | null {
  const now = ports.clock.now();
  const up = looks.up.secondsToNext(
    standings.filter(({ standing }) => standing.state !== 'blocked').map(({ node }) => node.key),
    now,
  );
  const leaving = leavings.filter((left) => left.leaving.state !== 'gone').map(({ row }) => row.key);
  const pruned = leaving.length > 0 ? (looks.prune.secondsToNext(leaving, now) ?? 5) : null;
  return soonest([up, pruned]);
}
