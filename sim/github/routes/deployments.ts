import { createDeployment, createDeploymentStatus, deleteDeployment } from '../behaviour/deployments.ts';
import type { Deployment, DeploymentState } from '../entities/deployment.ts';
import {
  type Answer,
  type Call,
  created,
  found,
  isApp,
  list,
  noContent,
  numberParam,
  ok,
  param,
  type Routes,
  repositoryOf,
  sceneOf,
} from '../http/call.ts';
import { booleanAt, isJsonObject, type JsonObject, listAt, textAt } from '../json.ts';
import { deploymentJson, deploymentStatusJson } from '../wire/deployment.ts';
import type { World } from '../world.ts';

const states: readonly DeploymentState[] = [
  'error',
  'failure',
  'inactive',
  'pending',
  'success',
  'queued',
  'in_progress',
];

function deploymentOf(call: Call): Deployment {
  return found(repositoryOf(call).deployments.get(numberParam(call, 'deployment_id')));
}

function payloadIn(body: JsonObject): JsonObject | string {
  const payload = body['payload'];
  return isJsonObject(payload) || typeof payload === 'string' ? payload : {};
}

function create(world: World, call: Call): Answer {
  const { body } = call;
  const environment = textAt(body, 'environment') ?? 'production';
  const contexts = listAt(body, 'required_contexts');
  const outcome = createDeployment(world, sceneOf(call), {
    ref: textAt(body, 'ref') ?? '',
    task: textAt(body, 'task') ?? 'deploy',
    environment,
    description: textAt(body, 'description'),
    payload: payloadIn(body),
    transient: booleanAt(body, 'transient_environment') ?? false,
    production: booleanAt(body, 'production_environment') ?? environment === 'production',
    autoMerge: booleanAt(body, 'auto_merge') ?? true,
    requiredContexts: contexts?.filter((context) => typeof context === 'string'),
    viaApp: isApp(call),
  });
  return typeof outcome === 'string'
    ? { status: 202, body: { message: outcome } }
    : created(deploymentJson(world, repositoryOf(call), outcome));
}

function listDeployments(world: World, call: Call): Answer {
  const repository = repositoryOf(call);
  const wanted = (['sha', 'ref', 'task', 'environment'] as const).map((field) => ({
    field,
    value: call.query.get(field),
  }));
  const deployments = [...repository.deployments.values()].filter((deployment) =>
    wanted.every(({ field, value }) => value === null || value === 'none' || deployment[field] === value),
  );
  return list(deployments.toReversed().map((deployment) => deploymentJson(world, repository, deployment)));
}

function createStatus(world: World, call: Call): Answer {
  const { body } = call;
  const deployment = deploymentOf(call);
  const state = states.find((each) => each === textAt(body, 'state')) ?? 'error';
  const status = createDeploymentStatus(
    world,
    { ...sceneOf(call), deployment },
    {
      state,
      environment: textAt(body, 'environment'),
      description: textAt(body, 'description'),
      environmentUrl: textAt(body, 'environment_url'),
      logUrl: textAt(body, 'log_url') ?? textAt(body, 'target_url'),
      autoInactive: booleanAt(body, 'auto_inactive') ?? true,
    },
  );
  return created(deploymentStatusJson(world, repositoryOf(call), { deployment, status }));
}

function deleteEnvironment(call: Call): Answer {
  const { environments } = repositoryOf(call);
  found(environments.delete(param(call, 'environment_name')) || undefined);
  return noContent;
}

export function createDeploymentRoutes(world: World): Routes {
  return {
    'repos/create-deployment': (call) => create(world, call),
    'repos/get-deployment': (call) => ok(deploymentJson(world, repositoryOf(call), deploymentOf(call))),
    'repos/list-deployments': (call) => listDeployments(world, call),
    'repos/delete-deployment': (call) => {
      deleteDeployment({ repository: repositoryOf(call), deployment: deploymentOf(call) });
      return noContent;
    },
    'repos/create-deployment-status': (call) => createStatus(world, call),
    'repos/list-deployment-statuses': (call) => {
      const deployment = deploymentOf(call);
      const newestFirst = deployment.statuses.toReversed();
      return list(newestFirst.map((status) => deploymentStatusJson(world, repositoryOf(call), { deployment, status })));
    },
    'repos/delete-an-environment': (call) => deleteEnvironment(call),
  };
}
