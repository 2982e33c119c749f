import type { Deployment, DeploymentStatus } from '../entities/deployment.ts';
import type { Repository } from '../entities/repository.ts';
import type { JsonObject } from '../json.ts';
import type { World } from '../world.ts';
import { accountJson } from './account.ts';
import { appJson } from './app.ts';
import { instant, nodeId } from './instant.ts';
import { repositoryUrl } from './repository.ts';

export function deploymentJson(world: World, repository: Repository, deployment: Deployment): JsonObject {
  const api = repositoryUrl(world, repository);
  const self = `${api}/deployments/${deployment.id}`;
  return {
    url: self,
    id: deployment.id,
    node_id: nodeId('DE', deployment.id),
    sha: deployment.sha,
    ref: deployment.ref,
    task: deployment.task,
    payload: deployment.payload,
    original_environment: deployment.originalEnvironment,
    environment: deployment.environment,
    description: deployment.description ?? null,
    creator: accountJson(world, deployment.creator),
    created_at: instant(deployment.createdAt),
    updated_at: instant(deployment.updatedAt),
    statuses_url: `${self}/statuses`,
    repository_url: api,
    transient_environment: deployment.transient,
    production_environment: deployment.production,
    performed_via_github_app: deployment.viaApp ? appJson(world) : null,
  };
}

export function deploymentStatusJson(
  world: World,
  repository: Repository,
  { deployment, status }: { deployment: Deployment; status: DeploymentStatus },
): JsonObject {
  const api = repositoryUrl(world, repository);
  const owner = `${api}/deployments/${deployment.id}`;
  return {
    url: `${owner}/statuses/${status.id}`,
    id: status.id,
    node_id: nodeId('DES', status.id),
    state: status.state,
    creator: accountJson(world, status.creator),
    description: status.description,
    environment: status.environment,
    target_url: status.logUrl,
    created_at: instant(status.createdAt),
    updated_at: instant(status.createdAt),
    deployment_url: owner,
    repository_url: api,
    environment_url: status.environmentUrl,
    log_url: status.logUrl,
    performed_via_github_app: deployment.viaApp ? appJson(world) : null,
  };
}
