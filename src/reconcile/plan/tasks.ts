import type { BlueprintTask } from '../../config/blueprint/blueprint.ts';
import { digestOf } from '../../domain/digest.ts';
import { type AnyNode, type Need, node, ready } from '../graph/node.ts';
import { definitionNodes, logGroupKey, logGroupName, taskDefinitionKey } from './containers.ts';
import type { PlanContext } from './context.ts';
import { databaseNeeds } from './database.ts';
import { settingNeeds } from './settings.ts';

type Phase = BlueprintTask['phase'];

function tasksOf({ blueprint }: PlanContext, phase: Phase): string[] {
  return Object.entries(blueprint.tasks)
    .filter(([, task]) => task.phase === phase)
    .map(([name]) => name);
}

/** One-off tasks before and after the services. Tasks on demand are part of no environment until somebody asks for one. */
export function taskNodes(context: PlanContext): AnyNode[] {
  return (['pre-deploy', 'post-deploy'] as const).flatMap((phase) => {
    const names = tasksOf(context, phase);
    return names.flatMap((name, index) => [
      ...definitionNodes(context, name, `Task ${name}`),
      oneOffNode(context, { name, phase, before: names[index - 1] }),
    ]);
  });
}

export function preDeployNeeds(context: PlanContext): Need[] {
  return tasksOf(context, 'pre-deploy').map((name) => ready(`one-off-task/${name}`));
}

export function postDeployNeeds(context: PlanContext): Need[] {
  return tasksOf(context, 'post-deploy').map((name) => ready(`one-off-task/${name}`));
}

function oneOffNode(
  context: PlanContext,
  { name, phase, before }: { name: string; phase: Phase; before: string | undefined },
): AnyNode {
  const { platform, record, blueprint } = context;
  const { intent, life } = record;
  const definition = taskDefinitionKey(name);
  const previous = before === undefined ? [] : [ready(`one-off-task/${before}`)];
  const afterServices =
    phase === 'post-deploy'
      ? [...preDeployNeeds(context), ...Object.keys(blueprint.services).map((service) => ready(`rollout/${service}`))]
      : [];
  return node({
    key: `one-off-task/${name}`,
    kind: 'one-off-task',
    name: context.physicalName('one-off-task', name),
    title: `Task ${name}`,
    service: null,
    needs: [
      ready(definition),
      ready(logGroupKey(name)),
      ...databaseNeeds(context),
      ...settingNeeds(context),
      ...previous,
      ...afterServices,
    ],
    spec: (known) => {
      const taskDefinitionArn = known.outputs('task-definition', definition).arn ?? '';
      // What runs before the services is run again when it is another thing; what runs after them follows every deployment.
      const commit = phase === 'post-deploy' ? intent.headSha : null;
      return {
        runKey: digestOf({ taskDefinitionArn, life, redeploys: context.deployments, commit }),
        clusterArn: platform.cluster.arn,
        taskDefinitionArn,
        network: {
          subnetIds: [...platform.network.subnetIds],
          securityGroupIds: [...platform.network.serviceSecurityGroupIds],
        },
        timeoutSeconds: blueprint.tasks[name]?.timeoutSeconds ?? 600,
        logGroup: logGroupName(context, name),
        container: name,
      };
    },
  });
}
