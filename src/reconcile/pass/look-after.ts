import { OBSERVING_KINDS } from '../../domain/resource.ts';
import { at } from '../clearance.ts';
import type { NodeStanding } from '../graph/standing.ts';
import { cloneKeys, resetsOnBooks } from '../plan/clone-keys.ts';
import type { Plan } from '../plan/plan.ts';
import { type PassView, view } from '../report/pass-view.ts';
import type { EnvironmentRecord, Resolution, ResourceRecord } from '../store.ts';
import { build, type UpPass } from './build.ts';

/**
 * Looks after what is made of an environment whose head has to wait: what somebody deleted or changed is made again, and
 * tags follow an extend, whatever there is no room for. It is what the commit before it asked for, where there is one that
 * there was room for. Otherwise it is what stands on the books of what this one asks for, and nothing more of it; `plan` is
 * null where that cannot be read. Says nothing of the head, for nothing of it is here.
 */
export async function lookAfter(
  pass: UpPass,
  { plan, resolution }: { plan: Plan | null; resolution: Resolution },
): Promise<PassView> {
  if (!pass.record.admittedAt) {
    return view({});
  }
  const rows = await pass.ports.store.resources(pass.record.identity.id, pass.record.life);
  const onBooks = await atItsClone(pass, rows);
  const automaticMax = await pass.ports.meter?.automaticMax(pass.record);
  return await lookAfterClone(onBooks, {
    plan: onBooks === pass ? plan : replanned(plan, onBooks, { resolution, automaticMax }),
    resolution,
    rows,
    automaticMax,
  });
}

/** A fresh clone that was asked for and not begun has to wait as the head does: what is made is that of the clone before. */
async function atItsClone(pass: UpPass, rows: readonly ResourceRecord[]): Promise<UpPass> {
  const { record, ports } = pass;
  const databaseResets = resetsOnBooks(rows) ?? record.intent.databaseResets;
  if (databaseResets === record.intent.databaseResets) {
    return pass;
  }
  const source = await ports.sources?.choose(rows, cloneKeys(databaseResets).cluster);
  return { ...pass, ...(source && { source }), record: { ...record, intent: { ...record.intent, databaseResets } } };
}

function replanned(
  plan: Plan | null,
  { record, ports, source }: UpPass,
  { resolution, automaticMax }: { resolution: Resolution; automaticMax: number | undefined },
): Plan | null {
  const planning = plan && ports.planner.plan(record, resolution, { source: source?.planned, automaticMax });
  return planning?.ok ? planning.plan : null;
}

async function lookAfterClone(
  pass: UpPass,
  {
    plan,
    resolution,
    rows,
    automaticMax,
  }: {
    plan: Plan | null;
    resolution: Resolution;
    rows: readonly ResourceRecord[];
    automaticMax: number | undefined;
  },
): Promise<PassView> {
  const { record } = pass;
  const before = resolution.madeOf && planOf(resolution.madeOf, pass, automaticMax);
  if (before) {
    const reached = await build({ ...pass, record: before.record }, before.plan);
    return { ...asItStands(reached), outcome: reached.outcome };
  }
  // Read by a Mayfly that kept no commit before it: what stands is of another commit, whose plan nobody has.
  const isOfAnother = record.servedSha !== null && record.servedSha !== record.intent.headSha;
  if (!plan || isOfAnother) {
    return view({ rows });
  }
  const onBooks = new Set(rows.filter(({ state }) => state !== 'gone').map(({ key }) => key));
  return asItStands(await build(pass, plan, ({ key, kind }) => onBooks.has(key) || OBSERVING_KINDS.includes(kind)));
}

function planOf(
  madeOf: Resolution,
  { record, ports, source }: UpPass,
  automaticMax: number | undefined,
): { readonly plan: Plan; readonly record: EnvironmentRecord } | undefined {
  const then = at({ headSha: madeOf.headSha, baseRef: madeOf.base?.ref ?? record.intent.baseRef }, record);
  const planning = ports.planner.plan(then, madeOf, { source: source?.planned, automaticMax });
  return planning.ok ? { plan: planning.plan, record: then } : undefined;
}

/** What does not come right is told; that the rest is well says nothing of the head. */
function asItStands({ standings, leavings, rows, requeueAfterSeconds }: PassView): PassView {
  return view({ failures: standings.flatMap(failureIn), leavings, rows, requeueAfterSeconds });
}

function failureIn({ node, standing }: NodeStanding): PassView['failures'] {
  return standing.state === 'failed' ? [{ subject: node.service ?? node.title, failure: standing.failure }] : [];
}
