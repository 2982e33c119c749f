import type { InventoryItem } from '../inventory-item.ts';
import type { World } from '../world.ts';
import type { Rule, TargetGroup } from './state.ts';

/** Every load balancer, listener, rule (default ones apart) and target group. */
export function inventoryOf(world: World): InventoryItem[] {
  const { loadBalancers, listeners, rules, targetGroups } = world.elbv2;
  const own = [...rules.values()].filter((rule) => rule.priority !== 'default');
  return [
    ...[...loadBalancers.values()].map(({ arn, name, isActive, dnsName }) =>
      item(world, {
        kind: 'load balancer',
        name,
        arn,
        status: isActive ? 'active' : 'provisioning',
        detail: { dnsName },
      }),
    ),
    ...[...listeners.values()].map(({ arn, protocol, port, certificateArns }) =>
      item(world, {
        kind: 'listener',
        name: `${protocol} ${port}`,
        arn,
        status: 'active',
        detail: { certificates: String(certificateArns.size) },
      }),
    ),
    ...own.map((rule) => item(world, describeRule(rule))),
    ...[...targetGroups.values()].map((group) => item(world, describeGroup(group))),
  ];
}

type Described = Omit<InventoryItem, 'service' | 'tags'>;

function item(world: World, described: Described): InventoryItem {
  return { service: 'elasticloadbalancing', tags: world.elbv2.tags.get(described.arn) ?? {}, ...described };
}

function describeRule({ arn, priority, conditions }: Rule): Described {
  const values = conditions.flatMap((condition) => condition.Values ?? [condition.Field ?? '']);
  return { kind: 'rule', name: `priority ${priority}`, arn, status: 'active', detail: { matches: values.join(', ') } };
}

function describeGroup({ arn, name, targets }: TargetGroup): Described {
  const states = [...targets.values()].map(({ state }) => state);
  const status = [...new Set(states)].map((state) => `${states.filter((other) => other === state).length} ${state}`);
  return { kind: 'target group', name, arn, status: status.join(', ') || 'no targets' };
}
