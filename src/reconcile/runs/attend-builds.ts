import type { Forge } from '../forge.ts';
import type { NodeStanding } from '../graph/standing.ts';
import type { Plan, PlannedBuild, PlannedImage } from '../plan/plan.ts';
import { isOpen, type WorkflowRunRecord } from '../workflow-run.ts';
import { advanceRun, begin } from './advance-run.ts';
import { attendRun } from './attend-run.ts';
import { buildOf, buildRequest, following, leaderOf, twinOf } from './build-request.ts';
import { buildStanding } from './build-standing.ts';
import { type RunPass, type RunsOfPass, runPassOf } from './run-pass.ts';
import { dispatchOf } from './run-request.ts';

export interface Builds {
  /** Of the graph, where a missing image says what is being done about it. */
  readonly standings: readonly NodeStanding[];
  /** Seconds until a build is to be looked at; null when none is. */
  readonly requeueAfterSeconds: number | null;
}

/**
 * Has every image built that is made from this commit and is not in the registry: once for each, and by one run for all
 * that would be asked for in the same words. Whether an image is there is for the registry alone to say; a run only tells
 * what to expect. A run that nobody waits for any more is left to end: what it builds belongs to the repository.
 */
export async function attendBuilds(
  of: RunsOfPass,
  { plan, standings }: { plan: Plan; standings: readonly NodeStanding[] },
): Promise<Builds> {
  const { build } = plan;
  const missing = build?.images.filter((image) => isMissing(image, standings)) ?? [];
  if (!build || missing.length === 0) {
    return { standings, requeueAfterSeconds: null };
  }
  const { record, ports, attention } = of;
  const now = ports.clock.now();
  const pass = runPassOf({ ...of, ports: { ...ports, forge: readingOnce(ports.forge) } });
  const watch = { attention, onUnexpected: ports.onUnexpected };
  const rows = new Map((await ports.store.runs(record.identity.id, record.life)).map((row) => [row.key, row]));
  const runs = new Map<string, WorkflowRunRecord>();
  for (const image of missing) {
    const own = buildOf(image, [...rows.values()], { record, now });
    const leader = leaderOf(own, [...rows.values()]);
    const step = async (run: WorkflowRunRecord) => await take(run, { build, image, rows: [...rows.values()] }, pass);
    const reached = await attendRun(leader, step, { pass, watch });
    rows.set(leader.key, reached);
    const run = leader === own ? reached : await followed(own, reached, pass);
    rows.set(own.key, run);
    runs.set(image.key, run);
  }
  const told = standings.map(({ node, standing }): NodeStanding => {
    const run = runs.get(node.key);
    return { node, standing: run ? buildStanding(standing, run, now) : standing };
  });
  const open = [...runs.values()].filter(isOpen).map((run) => leaderOf(run, [...rows.values()]).key);
  return { standings: told, requeueAfterSeconds: attention.secondsToNext(open, now) };
}

function isMissing({ key }: PlannedImage, standings: readonly NodeStanding[]): boolean {
  const standing = standings.find(({ node }) => node.key === key)?.standing;
  return standing?.state === 'pending' || (standing?.state === 'failed' && standing.failure.reason === 'ImageMissing');
}

/** One step on. The first step of a request that another image made already in the same words is to follow that one. */
async function take(
  run: WorkflowRunRecord,
  { build, image, rows }: { build: PlannedBuild; image: PlannedImage; rows: readonly WorkflowRunRecord[] },
  pass: RunPass,
): Promise<WorkflowRunRecord> {
  const request = () => buildRequest(build, image, pass.record);
  if (run.dispatch) {
    return await advanceRun(run, request, pass);
  }
  const dispatch = await dispatchOf(run, request(), pass);
  const twin = twinOf(run, dispatch, rows);
  return twin ? await pass.save(following(run, twin)) : await begin(run, dispatch, pass);
}

async function followed(own: WorkflowRunRecord, leader: WorkflowRunRecord, pass: RunPass): Promise<WorkflowRunRecord> {
  const run = following(own, leader);
  return JSON.stringify(run) === JSON.stringify(own) ? own : await pass.save(run);
}

/** All images' builds are one workflow's, whose file is the same for all of a pass. */
function readingOnce(forge: Forge): Forge {
  const texts = new Map<string, ReturnType<Forge['file']>>();
  return {
    ...forge,
    async file(request) {
      const key = JSON.stringify(request);
      const text = texts.get(key) ?? forge.file(request);
      texts.set(key, text);
      return await text;
    },
  };
}
