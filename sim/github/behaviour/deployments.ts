import type { Deployment, DeploymentState, DeploymentStatus } from '../entities/deployment.ts';
import { commitsBetween, contentsBetween, mergeBase, resolveRef } from '../entities/history.ts';
import type { Repository } from '../entities/repository.ts';
import { GitHubError, unprocessable, validationFailed } from '../errors.ts';
import type { JsonObject } from '../json.ts';
import { emitRepositoryEvent, type Scene } from '../webhooks/emit.ts';
import { deploymentJson, deploymentStatusJson } from '../wire/deployment.ts';
import type { World } from '../world.ts';
import { addCommit, moveBranch } from './pushes.ts';

export interface NewDeployment {
  readonly ref: string;
  readonly task: string;
  readonly environment: string;
  readonly description?: string | undefined;
  readonly payload: JsonObject | string;
  readonly transient: boolean;
  readonly production: boolean;
  readonly autoMerge: boolean;
  /** Undefined: every check of the commit must have succeeded. */
  readonly requiredContexts: readonly string[] | undefined;
  readonly viaApp: boolean;
}

export interface NewDeploymentStatus {
  readonly state: DeploymentState;
  /** Of the deployment from now on; the one it had when left out. */
  readonly environment?: string | undefined;
  readonly description?: string | undefined;
  readonly environmentUrl?: string | undefined;
  readonly logUrl?: string | undefined;
  readonly autoInactive: boolean;
}

/** In characters: GitHub's description of `repos/create-deployment-status`. */
const longestDescription = 140;

function refuseLongDescription(description: string | undefined): void {
  if ((description?.length ?? 0) > longestDescription) {
    const message = `description is too long (maximum is ${longestDescription} characters)`;
    throw validationFailed({ resource: 'DeploymentStatus', code: 'custom', field: 'description', message });
  }
}

export function currentState({ statuses }: Deployment): DeploymentState {
  return statuses.at(-1)?.state ?? 'pending';
}

/** GitHub's `auto_merge`, on by default: a branch behind the default branch is brought up to date instead of deployed. */
function mergedInstead(world: World, scene: Scene, { ref, autoMerge }: NewDeployment): string | undefined {
  const { repository } = scene;
  const [tip, main] = [repository.branches.get(ref), repository.branches.get(repository.defaultBranch)];
  if (
    !autoMerge ||
    !tip ||
    !main ||
    ref === repository.defaultBranch ||
    commitsBetween(repository, tip, main).length === 0
  ) {
    return undefined;
  }
  const files = contentsBetween(repository, mergeBase(repository, tip, main)?.sha ?? '', main);
  const message = `Merge ${repository.defaultBranch} into ${ref}`;
  const commit = addCommit(world, scene, { message, files, parents: [tip, main] });
  moveBranch(world, scene, { ref, sha: commit.sha });
  return `Auto-merged ${repository.defaultBranch} into ${ref} on deployment.`;
}

function refuseFailingContexts(repository: Repository, sha: string, { ref, requiredContexts }: NewDeployment): void {
  const runs = [...repository.checkRuns.values()].filter((run) => run.suite.headSha === sha);
  const failing = (requiredContexts ?? runs.map(({ name }) => name)).filter(
    (name) => !runs.some((run) => run.name === name && run.conclusion === 'success'),
  );
  if (failing.length > 0) {
    const error = { contexts: failing, resource: 'Deployment', field: 'required_contexts', code: 'invalid' };
    throw new GitHubError(409, `Conflict: Commit status checks failed for ${ref}.`, { body: { errors: [error] } });
  }
}

/** A deployment, or the sentence of the 202 that GitHub answers after an automatic merge. */
export function createDeployment(world: World, scene: Scene, wanted: NewDeployment): Deployment | string {
  const { repository, actor } = scene;
  const commit = resolveRef(repository, wanted.ref);
  if (!commit) {
    throw unprocessable(`No ref found for: ${wanted.ref}`);
  }
  const merged = mergedInstead(world, scene, wanted);
  if (merged !== undefined) {
    return merged;
  }
  refuseFailingContexts(repository, commit.sha, wanted);
  const now = world.clock.now();
  const deployment: Deployment = {
    id: world.store.nextId(),
    sha: commit.sha,
    ref: wanted.ref,
    task: wanted.task,
    originalEnvironment: wanted.environment,
    environment: wanted.environment,
    description: wanted.description,
    payload: wanted.payload,
    creator: actor,
    viaApp: wanted.viaApp,
    transient: wanted.transient,
    production: wanted.production,
    createdAt: now,
    statuses: [],
    updatedAt: now,
  };
  repository.deployments.set(deployment.id, deployment);
  repository.environments.add(deployment.environment);
  const payload = { action: 'created', deployment: deploymentEventJson(world, repository, deployment) };
  emitRepositoryEvent(world, scene, {
    name: 'deployment',
    payload: { ...payload, workflow: null, workflow_run: null },
  });
  return deployment;
}

/** Webhooks carry the payload as an object, also where REST gives the empty string. */
function deploymentEventJson(world: World, repository: Repository, deployment: Deployment): JsonObject {
  const payload = typeof deployment.payload === 'string' ? {} : deployment.payload;
  return { ...deploymentJson(world, repository, deployment), payload };
}

function addStatus(
  world: World,
  scene: Scene & { deployment: Deployment },
  wanted: NewDeploymentStatus,
): DeploymentStatus {
  const { deployment, repository, actor } = scene;
  const now = world.clock.now();
  const environment = wanted.environment ?? deployment.environment;
  deployment.environment = environment;
  repository.environments.add(environment);
  const status: DeploymentStatus = {
    id: world.store.nextId(),
    state: wanted.state,
    environment,
    description: wanted.description ?? '',
    environmentUrl: wanted.environmentUrl ?? '',
    logUrl: wanted.logUrl ?? '',
    creator: actor,
    createdAt: now,
  };
  deployment.statuses.push(status);
  deployment.updatedAt = now;
  // The published schema of the event knows no `inactive`: GitHub tells nobody of that state.
  if (status.state !== 'inactive') {
    const { log_url: logUrl, ...statusJson } = deploymentStatusJson(world, repository, { deployment, status });
    const payload = {
      action: 'created',
      deployment_status: { ...statusJson, ...(logUrl !== '' && { log_url: logUrl }) },
      deployment: deploymentEventJson(world, repository, deployment),
    };
    emitRepositoryEvent(world, scene, { name: 'deployment_status', payload });
  }
  return status;
}

/**
 * A success makes earlier successful deployments of the same environment inactive, unless told not to: those that are
 * neither transient nor production (GitHub's documentation of `auto_inactive`). Throws a 422 for a description that is
 * too long.
 */
export function createDeploymentStatus(
  world: World,
  scene: Scene & { deployment: Deployment },
  wanted: NewDeploymentStatus,
): DeploymentStatus {
  const { repository, deployment } = scene;
  refuseLongDescription(wanted.description);
  const status = addStatus(world, scene, wanted);
  if (wanted.state === 'success' && wanted.autoInactive) {
    const replaced = [...repository.deployments.values()].filter(
      (other) =>
        other.id < deployment.id &&
        other.environment === deployment.environment &&
        !other.transient &&
        !other.production &&
        currentState(other) === 'success',
    );
    for (const other of replaced) {
      addStatus(world, { ...scene, deployment: other }, { state: 'inactive', autoInactive: false });
    }
  }
  return status;
}

/** Throws a 422 for an active one, unless it is the repository's only deployment. */
export function deleteDeployment({ repository, deployment }: { repository: Repository; deployment: Deployment }): void {
  if (repository.deployments.size > 1 && currentState(deployment) !== 'inactive') {
    throw unprocessable(
      'We cannot delete an active deployment unless it is the only deployment in a given environment.',
    );
  }
  repository.deployments.delete(deployment.id);
}
