import {
  CreateServiceCommand,
  DeleteServiceCommand,
  type LoadBalancer,
  type NetworkConfiguration,
  type Service,
  TagResourceCommand,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs';
import { digestOf } from '../../domain/digest.ts';
import type { SpecOf, TaskNetwork } from '../../domain/resource.ts';
import { provesOwnership, TAG_KEYS } from '../../domain/tags.ts';
import type { Desired, Observation, Provisioner, Release, Released } from '../../reconcile/provisioner.ts';
import { decodeDeployed, encodeDeployed, revisionOf } from './deployed-tag.ts';
import { ask } from './errors.ts';
import { claim, FOREIGN, proveOurs, readEcsTags, recordLost, type Tags, toEcsTagList } from './ownership.ts';
import type { Ecs, ServiceAddress, ServiceReader } from './services.ts';

type Wanted = Desired<'service'>;
type Seen = Observation<'service'>;

const RECHECK_SECONDS = 5;

interface Parts {
  readonly ecs: Ecs;
  readonly services: ServiceReader;
}

/**
 * One service of an environment on Fargate. Ready means that ECS has taken the order; whether the tasks come up is
 * `rollout`'s to say. Its `Deployed` tag remembers the order, since after a rollback the service shows an older task
 * definition, and ordering the broken one again would go on for ever.
 */
export function createServiceProvisioner(parts: Parts): Provisioner<'service'> {
  const { ecs, services } = parts;

  async function observe(desired: Wanted): Promise<Seen> {
    const service = await services.describe(addressOf(desired));
    return service ? seen(service, desired) : { state: 'absent' };
  }

  async function ensure(desired: Wanted): Promise<Seen> {
    const { name, environment } = desired;
    const service = await services.describe(addressOf(desired));
    if (!service) {
      return await create(parts, desired);
    }
    claim({ what: `the service ${name}`, tags: readEcsTags(service.tags), environment });
    if (service.status === 'ACTIVE' && driftOf(service, desired).length > 0) {
      await update(ecs, service, desired);
    }
    return await observe(desired);
  }

  return {
    kind: 'service',
    observe,
    ensure,
    release: async (released) => await releaseService(parts, released),
  };
}

function addressOf({ name, spec }: Wanted): ServiceAddress {
  return { clusterArn: spec.clusterArn, name };
}

function seen(service: Service, desired: Wanted): Seen {
  const outputs = { arn: service.serviceArn ?? '' };
  if (service.status === 'DRAINING') {
    return pending('the former service of that name to be gone');
  }
  if (!provesOwnership(readEcsTags(service.tags), desired.environment)) {
    return { state: 'drifted', outputs: {}, drift: [FOREIGN] };
  }
  const drift = driftOf(service, desired);
  return drift.length === 0
    ? { state: 'ready', outputs: { ...outputs, redeploys: desired.spec.redeploys } }
    : { state: 'drifted', outputs, drift };
}

function driftOf(service: Service, desired: Wanted): string[] {
  const { spec } = desired;
  const drift = orderDrift(service, desired);
  if (service.desiredCount !== spec.desiredCount) {
    drift.push('number of tasks');
  }
  if (!isSameNetwork(service.networkConfiguration, spec.network)) {
    drift.push('network');
  }
  if (!isSameSet((service.loadBalancers ?? []).map(portOf), loadBalancersOf(spec).map(portOf))) {
    drift.push('load balancers');
  }
  if (isOtherGrace(service, spec)) {
    drift.push('health check grace');
  }
  return drift;
}

/** ECS keeps one only for a service behind a load balancer. */
function isOtherGrace({ healthCheckGracePeriodSeconds: found }: Service, spec: SpecOf<'service'>): boolean {
  return spec.loadBalancers.length > 0 && found !== undefined && found !== spec.healthCheckGraceSeconds;
}

function portOf({ targetGroupArn, containerName, containerPort }: LoadBalancer): string {
  return `${targetGroupArn} ${containerName}:${containerPort}`;
}

function loadBalancersOf({ loadBalancers }: SpecOf<'service'>): LoadBalancer[] {
  return loadBalancers.map(({ targetGroupArn, container, port }) => ({
    targetGroupArn,
    containerName: container,
    containerPort: port,
  }));
}

function orderDrift(service: Service, { spec, recorded }: Wanted): string[] {
  const deployed = decodeDeployed(readEcsTags(service.tags)[TAG_KEYS.deployed]);
  const wanted = revisionOf(spec.taskDefinitionArn);
  const redeploys = deployed?.redeploys ?? recorded?.redeploys ?? spec.redeploys;
  return [
    // Only the tag counts, whatever the service shows: without it nobody would know that this was ordered.
    ...(deployed?.revision === wanted ? [] : ['task definition']),
    ...(redeploys === spec.redeploys ? [] : ['redeploys']),
  ];
}

function isSameNetwork(found: NetworkConfiguration | undefined, wanted: TaskNetwork): boolean {
  const { subnets = [], securityGroups = [] } = found?.awsvpcConfiguration ?? {};
  return isSameSet(subnets, wanted.subnetIds) && isSameSet(securityGroups, wanted.securityGroupIds);
}

function isSameSet(a: readonly string[], b: readonly string[]): boolean {
  return a.toSorted().join() === b.toSorted().join();
}

/** What a creation and an update share. */
function orderOf(spec: SpecOf<'service'>) {
  const balanced = spec.loadBalancers.length > 0;
  return {
    cluster: spec.clusterArn,
    taskDefinition: spec.taskDefinitionArn,
    desiredCount: spec.desiredCount,
    networkConfiguration: networkOf(spec.network),
    // Allowed only for a service behind a load balancer.
    ...(balanced ? { healthCheckGracePeriodSeconds: spec.healthCheckGraceSeconds } : {}),
    deploymentConfiguration: {
      deploymentCircuitBreaker: { enable: true, rollback: true },
      minimumHealthyPercent: 100,
      maximumPercent: 200,
    },
    enableExecuteCommand: spec.exec,
  };
}

function networkOf({ subnetIds, securityGroupIds }: TaskNetwork): NetworkConfiguration {
  return {
    awsvpcConfiguration: { subnets: subnetIds, securityGroups: securityGroupIds, assignPublicIp: 'DISABLED' },
  };
}

async function create({ ecs, services }: Parts, desired: Wanted): Promise<Seen> {
  const { name, spec, tags, environment } = desired;
  const made = await ask<'created' | 'taken' | 'early', 'created' | 'taken' | 'early'>(
    `creating the service ${name}`,
    async () => {
      await ecs.send(
        new CreateServiceCommand({
          ...orderOf(spec),
          serviceName: name,
          launchType: 'FARGATE',
          loadBalancers: loadBalancersOf(spec),
          enableECSManagedTags: true,
          // The tasks carry none otherwise.
          propagateTags: 'SERVICE',
          clientToken: digestOf({ name, spec }),
          tags: toEcsTagList({ ...tags, [TAG_KEYS.deployed]: encodeDeployed(spec) }),
        }),
      );
      return 'created';
    },
    { on: { 'already-exists': () => 'taken', 'wrong-state': () => 'early' } },
  );
  if (made === 'early') {
    return pending('its name to be free and its target groups to be behind the load balancer');
  }
  const service = await services.describe(addressOf(desired));
  if (service) {
    claim({ what: `the service ${name}`, tags: readEcsTags(service.tags), environment });
  }
  return service ? seen(service, desired) : pending('the new service to be known');
}

async function update(ecs: Ecs, service: Service, desired: Wanted): Promise<void> {
  const { name, spec } = desired;
  const drift = driftOf(service, desired);
  const changes = {
    ...(drift.includes('redeploys') ? { forceNewDeployment: true } : {}),
    ...(drift.includes('load balancers') ? { loadBalancers: loadBalancersOf(spec) } : {}),
  };
  const taken = await ask(
    `updating the service ${name}`,
    async () => {
      await ecs.send(new UpdateServiceCommand({ ...orderOf(spec), ...changes, service: name }));
      return true;
    },
    { on: { 'wrong-state': () => false } },
  );
  if (taken) {
    // After the order: a crash in between gives it once more, which ECS takes for what it is.
    const tags: Tags = { [TAG_KEYS.deployed]: encodeDeployed(spec) };
    await ask(`tagging the service ${name}`, () =>
      ecs.send(new TagResourceCommand({ resourceArn: service.serviceArn, tags: toEcsTagList(tags) })),
    );
  }
}

function pending(waitingFor: string): Seen {
  return { state: 'pending', outputs: {}, waitingFor, requeueAfterSeconds: RECHECK_SECONDS };
}

async function releaseService(
  { ecs, services }: Parts,
  { name, environment, spec, recorded }: Released<'service'>,
): Promise<Release> {
  const clusterArn = spec?.clusterArn ?? clusterIn(recorded?.arn);
  if (clusterArn === undefined) {
    throw recordLost(`the service ${name}`, 'its cluster');
  }
  const service = await services.describe({ clusterArn, name });
  if (!service) {
    return { state: 'absent' };
  }
  proveOurs({ what: `the service ${name}`, tags: readEcsTags(service.tags), environment });
  const underWay = service.status === 'DRAINING' || (await remove(ecs, { clusterArn, name }));
  const waitingFor = underWay ? 'the tasks to drain and stop' : 'its deployments to let it go';
  return { state: 'releasing', underWay, waitingFor, requeueAfterSeconds: RECHECK_SECONDS };
}

/** Of `arn:aws:ecs:region:account:service/cluster/name`. */
function clusterIn(serviceArn: string | undefined): string | undefined {
  const [, cluster, name] = serviceArn?.split('/') ?? [];
  return name === undefined ? undefined : cluster;
}

/** Counted down first, so that its tasks begin to drain even if the deletion has to wait. False when it has to. */
async function remove(ecs: Ecs, { clusterArn, name }: ServiceAddress): Promise<boolean> {
  const gone = { 'not-found': () => undefined };
  await ask(
    `scaling down the service ${name}`,
    () => ecs.send(new UpdateServiceCommand({ cluster: clusterArn, service: name, desiredCount: 0 })),
    { on: { ...gone, 'wrong-state': () => undefined } },
  );
  return await ask(
    `deleting the service ${name}`,
    async () => {
      await ecs.send(new DeleteServiceCommand({ cluster: clusterArn, service: name, force: true }));
      return true;
    },
    { on: { 'not-found': () => true, 'wrong-state': () => false } },
  );
}
