import type { BlueprintService } from '../../config/blueprint/blueprint.ts';
import { type AnyNode, type Need, node, output, ready } from '../graph/node.ts';
import { definitionNodes, logGroupKey, logGroupName, taskDefinitionKey } from './containers.ts';
import { isOwn, type PlanContext } from './context.ts';
import { databaseNeeds } from './database.ts';
import { listenersOf } from './hosts.ts';
import { settingNeeds } from './settings.ts';
import { signInAt } from './sign-in.ts';
import { preDeployNeeds } from './tasks.ts';

/** A rule takes at most five condition values, hosts and networks together (Elastic Load Balancing quotas). */
const MAX_CONDITION_VALUES = 5;
/** The load balancer's default of 300 s would keep every teardown and every push waiting. */
const DEREGISTRATION_DELAY_SECONDS = 5;

export function serviceNodes(context: PlanContext): AnyNode[] {
  return Object.entries(context.blueprint.services).flatMap(([name, service]) => [
    ...definitionNodes(context, name, titleOf(name)),
    ...doorNodes(context, name, service),
    ...runningNodes(context, name, service),
  ]);
}

export function titleOf(service: string): string {
  return `Service ${service}`;
}

/** The target group and the rules that lead to it. */
function doorNodes(context: PlanContext, name: string, service: BlueprintService): AnyNode[] {
  const { platform } = context;
  const { port, healthCheck, sourceCidrs } = service;
  const key = targetGroupKey(name, service);
  if (key === undefined || port === null) {
    return [];
  }
  const perRule = MAX_CONDITION_VALUES - sourceCidrs.length;
  const hosts = context.hostsOf(name);
  const groups = Array.from({ length: Math.ceil(hosts.length / perRule) }, (_, index) =>
    hosts.slice(index * perRule, (index + 1) * perRule),
  );
  const rules = listenersOf(context, name).flatMap((listener) =>
    groups.map((group, index) => {
      const part = [name, listener.port, ...(index > 0 ? [index + 1] : [])].join('-');
      const signIn = signInAt(context, name, listener);
      return node({
        key: `listener-rule/${part}`,
        kind: 'listener-rule',
        name: context.physicalName('listener-rule', part),
        title: titleOf(name),
        service: name,
        needs: [output<'target-group'>(key, 'arn')],
        spec: (known) => ({
          listenerArn: listener.arn,
          hosts: [...group],
          sourceCidrs: [...sourceCidrs],
          targetGroupArn: known.outputs('target-group', key).arn ?? '',
          ...(signIn ? { signIn } : {}),
        }),
      });
    }),
  );
  return [
    node({
      key,
      kind: 'target-group',
      name: context.physicalName('target-group', port === 80 ? name : `${name}-${port}`),
      title: titleOf(name),
      service: name,
      needs: [],
      spec: () => ({
        port,
        vpcId: platform.network.vpcId,
        healthCheck,
        deregistrationDelaySeconds: DEREGISTRATION_DELAY_SECONDS,
      }),
    }),
    ...rules,
  ];
}

/** A target group's port cannot be changed, so another port is another group. */
function targetGroupKey(name: string, { expose, port }: BlueprintService): string | undefined {
  return expose === 'public' && port !== null ? `target-group/${name}-${port}` : undefined;
}

function runningNodes(context: PlanContext, name: string, service: BlueprintService): AnyNode[] {
  const { platform, deployments: redeploys } = context;
  const targetGroup = targetGroupKey(name, service);
  const serviceKey = `service/${name}`;
  const physical = context.physicalName('service', name);
  const network = {
    subnetIds: [...platform.network.subnetIds],
    securityGroupIds: [...platform.network.serviceSecurityGroupIds],
  };
  const common = { title: titleOf(name), service: name } as const;
  // Of no tasks none is ever healthy.
  const health =
    targetGroup && service.count > 0
      ? [
          node({
            key: `target-health/${name}`,
            kind: 'target-health',
            name: context.physicalName('target-health', name),
            ...common,
            // ECS completes no deployment whose targets are not healthy: until then the rollout says all there is to say.
            needs: [ready(`rollout/${name}`), output<'target-group'>(targetGroup, 'arn')],
            spec: (known) => ({ targetGroupArn: known.outputs('target-group', targetGroup).arn ?? '' }),
          }),
        ]
      : [];
  return [
    node({
      key: serviceKey,
      kind: 'service',
      name: physical,
      ...common,
      needs: serviceNeeds(context, name, service),
      spec: (known) => ({
        clusterArn: platform.cluster.arn,
        taskDefinitionArn: known.outputs('task-definition', taskDefinitionKey(name)).arn ?? '',
        desiredCount: service.count,
        network,
        loadBalancers: targetGroup
          ? [
              {
                targetGroupArn: known.outputs('target-group', targetGroup).arn ?? '',
                container: name,
                port: service.port ?? 0,
              },
            ]
          : [],
        healthCheckGraceSeconds: service.healthCheckGraceSeconds,
        exec: platform.cluster.taskRoleArn !== undefined,
        redeploys,
      }),
    }),
    node({
      key: `rollout/${name}`,
      kind: 'rollout',
      name: context.physicalName('rollout', name),
      ...common,
      needs: [ready(serviceKey), ready(taskDefinitionKey(name))],
      spec: (known) => ({
        clusterArn: platform.cluster.arn,
        serviceName: physical,
        taskDefinitionArn: known.outputs('task-definition', taskDefinitionKey(name)).arn ?? '',
        redeploys,
        logGroup: logGroupName(context, name),
        container: name,
        addressed: service.expose === 'internal',
      }),
    }),
    ...health,
  ];
}

/**
 * What must stand before a service's tasks start: its log group, the rules that make its target group part of the load
 * balancer, its settings, what it says it depends on, and, for the application's own images, the migrated database.
 */
function serviceNeeds(context: PlanContext, name: string, service: BlueprintService): Need[] {
  const targetGroup = targetGroupKey(name, service);
  const rules = doorNodes(context, name, service)
    .filter(({ kind }) => kind === 'listener-rule')
    .map(({ key }) => ready(key));
  const depended = service.dependsOn.flatMap((other) => dependedOn(context, other));
  // On a fresh clone everything begins anew, so that nothing is remembered of the one before.
  const onFresh = context.clone.part === undefined ? [] : databaseNeeds(context);
  const own = isOwn(service) ? [...databaseNeeds(context), ...preDeployNeeds(context)] : [];
  return unique([
    ready(taskDefinitionKey(name)),
    ready(logGroupKey(name)),
    ...(targetGroup ? [ready(targetGroup)] : []),
    ...rules,
    ...(isOwn(service) ? settingNeeds(context) : []),
    ...own,
    ...onFresh,
    ...depended,
  ]);
}

function dependedOn(context: PlanContext, other: string): Need[] {
  const { services, tasks } = context.blueprint;
  if (other === 'database') {
    return databaseNeeds(context);
  }
  if (other in tasks) {
    return [ready(`one-off-task/${other}`)];
  }
  const needed = services[other];
  return needed
    ? [ready(`rollout/${other}`), ...(needed.expose === 'internal' ? [ready(`dns-records/internal-${other}`)] : [])]
    : [];
}

function unique(needs: readonly Need[]): Need[] {
  return [...new Map(needs.map((need) => [`${need.key} ${need.output ?? ''}`, need])).values()];
}
