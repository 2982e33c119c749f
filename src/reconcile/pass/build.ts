import { encodeTags } from '../../domain/tags.ts';
import { bringUp } from '../graph/bring-up.ts';
import { openLedger } from '../graph/ledger.ts';
import { isServing, type NodeStanding } from '../graph/standing.ts';
import type { RowLeaving } from '../graph/take-down.ts';
import type { Plan } from '../plan/plan.ts';
import { finding, findingsOf } from '../report/conditions.ts';
import { type PassView, view } from '../report/pass-view.ts';
import { attendBuilds } from '../runs/attend-builds.ts';
import type { ChosenSource } from '../source/choose-source.ts';
import type { EnvironmentRecord } from '../store.ts';
import { lookAfterMigrations, lookBeforeMigrations } from './clone-looks.ts';
import { confirmIntent } from './confirm-intent.ts';
import type { Looks } from './looks.ts';
import type { PassPorts, PassSettings } from './ports.ts';
import { prune } from './prune.ts';
import { soonest } from './soonest.ts';

export interface UpPass {
  readonly record: EnvironmentRecord;
  readonly looks: Looks;
  readonly ports: PassPorts;
  readonly settings: PassSettings;
  /** What its database is a clone of; without, what the platform names. */
  readonly source?: ChosenSource;
  /** Aborts when this process no longer holds the environment. */
  readonly signal: AbortSignal;
}

/**
 * Takes every step towards a plan that there is room for, and every step away from what it does not want. Of its nodes only
 * those that `isMade` says yes to are made and looked after.
 */
export async function build(
  pass: UpPass,
  plan: Plan,
  isMade: (node: Plan['nodes'][number]) => boolean = () => true,
): Promise<PassView> {
  const { record, looks, ports, signal } = pass;
  const { store, clock } = ports;
  const ledger = await openLedger({ store, environmentId: record.identity.id, life: record.life, clock });
  const reached = await bringUp(plan.nodes.filter(isMade), {
    environment: record.identity,
    provisioners: ports.provisioners,
    ledger,
    attention: looks.up,
    clock,
    tags: (name) => ({ ...plan.tags, ...tagsOf(record, name) }),
    confirmIntent: async () => await confirmIntent({ record, store, signal }),
    onReady: async (key) => await lookBeforeMigrations(pass, plan, { key, rows: ledger.all() }),
    onUnexpected: ports.onUnexpected,
  });
  const builds = await attendBuilds({ record, ports, signal, attention: looks.runs }, { plan, standings: reached });
  const { standings } = builds;
  const difference = await lookAfterMigrations(pass, plan, { standings, rows: ledger.all() });
  const leavings = await prune(pass, { plan, standings }, ledger);
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
    migrations: difference && { preflight: null, difference },
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
