import type { CheckAction, CheckOutput, CheckRun } from '../entities/check-run.ts';
import { resolveRef } from '../entities/history.ts';
import { GitHubError, unprocessable } from '../errors.ts';
import { emitRepositoryEvent, type Scene } from '../webhooks/emit.ts';
import { checkRunEventJson, suiteState } from '../wire/check-run.ts';
import type { World } from '../world.ts';
import { emitCheckSuite, settleCheckSuite, suiteFor } from './check-suites.ts';

export interface CheckFields {
  readonly name?: string;
  readonly status?: string;
  readonly conclusion?: string;
  readonly detailsUrl?: string;
  readonly externalId?: string;
  readonly startedAt?: Date;
  readonly completedAt?: Date;
  readonly output?: CheckOutput;
  readonly actions?: readonly CheckAction[];
}

function emitCheckRun(
  world: World,
  scene: Scene,
  { run, ...more }: { run: CheckRun; action: string; [field: string]: unknown },
): void {
  const payload = { check_run: checkRunEventJson(world, scene.repository, run), ...more };
  emitRepositoryEvent(world, scene, { name: 'check_run', payload });
}

/** A conclusion completes the run, whatever status was sent: GitHub says so of `checks/create` and `checks/update`. */
function applyFields(world: World, run: CheckRun, fields: CheckFields): void {
  const status = fields.conclusion === undefined ? (fields.status ?? run.status) : 'completed';
  if (status === 'completed' && fields.conclusion === undefined && run.conclusion === undefined) {
    throw unprocessable('Invalid request.\n\n"conclusion" wasn\'t supplied.');
  }
  const reopened = run.status === 'completed' && status !== 'completed';
  Object.assign(run, {
    ...fields,
    status,
    conclusion: reopened ? undefined : (fields.conclusion ?? run.conclusion),
    completedAt: status === 'completed' ? (fields.completedAt ?? run.completedAt ?? world.clock.now()) : undefined,
  });
  run.suite.updatedAt = world.clock.now();
}

/** Throws a 422 unless the SHA is known to the repository. A second run of the same name and SHA is a second run. */
export function createCheckRun(
  world: World,
  scene: Scene,
  { headSha, ...fields }: CheckFields & { headSha: string },
): CheckRun {
  const { repository } = scene;
  const commit = resolveRef(repository, headSha);
  if (!commit) {
    throw unprocessable(`No commit found for SHA: ${headSha}`);
  }
  const suite = suiteFor(world, repository, commit.sha);
  const before = suiteState(repository, suite).status;
  const run: CheckRun = {
    id: world.store.nextId(),
    suite,
    name: fields.name ?? '',
    status: 'queued',
    conclusion: undefined,
    detailsUrl: undefined,
    externalId: undefined,
    startedAt: world.clock.now(),
    completedAt: undefined,
    output: { title: undefined, summary: undefined, text: undefined },
    actions: [],
  };
  applyFields(world, run, fields);
  repository.checkRuns.set(run.id, run);
  emitCheckRun(world, scene, { run, action: 'created' });
  if (run.status === 'completed') {
    emitCheckRun(world, scene, { run, action: 'completed' });
    settleCheckSuite(world, scene, { suite, before });
  }
  return run;
}

export function updateCheckRun(
  world: World,
  scene: Scene,
  { run, fields }: { run: CheckRun; fields: CheckFields },
): void {
  const before = suiteState(scene.repository, run.suite).status;
  const completedBefore = run.status === 'completed';
  applyFields(world, run, fields);
  if (!completedBefore && run.status === 'completed') {
    emitCheckRun(world, scene, { run, action: 'completed' });
    settleCheckSuite(world, scene, { suite: run.suite, before });
  }
}

/** A person pushes one of the buttons the app put on the run. */
export function requestCheckAction(
  world: World,
  scene: Scene,
  { run, identifier }: { run: CheckRun; identifier: string },
): void {
  if (!run.actions.some((action) => action.identifier === identifier)) {
    throw new GitHubError(404, `check run ${run.id} has no button ${identifier}`);
  }
  emitCheckRun(world, scene, { run, action: 'requested_action', requested_action: { identifier } });
}

/**
 * A person pushes "Re-run" on one run, which GitHub offers once the suite has ended (its schema of the event knows only
 * completed runs). Nothing is reset: the app is asked to start over.
 */
export function rerequestCheckRun(world: World, scene: Scene, run: CheckRun): void {
  if (suiteState(scene.repository, run.suite).status !== 'completed') {
    throw unprocessable(`check run ${run.id} cannot be run again before its suite has ended`);
  }
  emitCheckRun(world, scene, { run, action: 'rerequested' });
}

/** A person pushes "Re-run all checks". */
export function rerequestCheckSuite(world: World, scene: Scene, headSha: string): void {
  emitCheckSuite(world, scene, { action: 'rerequested', suite: suiteFor(world, scene.repository, headSha) });
}
