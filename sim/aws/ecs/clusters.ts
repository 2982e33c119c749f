import type {
  Cluster as ClusterDescription,
  ClusterField,
  CreateClusterRequest,
  DeleteClusterRequest,
  DescribeClustersRequest,
  DescribeClustersResponse,
  ListClustersRequest,
  PutClusterCapacityProvidersRequest,
  UpdateClusterRequest,
  UpdateClusterSettingsRequest,
} from '@aws-sdk/client-ecs';
import { Refusal } from '../wire/refusal.ts';
import type { Handler } from '../wire/service.ts';
import type { World } from '../world.ts';
import { configurationOf, putCapacityProviders, updateCluster, updateSettings } from './cluster-configuration.ts';
import { listPage } from './ecs-paging.ts';
import { activeCluster, arnOf, findCluster } from './lookup.ts';
import type { Cluster, Service, Task } from './state.ts';
import { readTags, tagList } from './tags.ts';

/** Creating a cluster that is there returns it as it is. */
function createCluster(world: World, input: CreateClusterRequest): Cluster {
  const name = input.clusterName ?? 'default';
  if (!/^[a-zA-Z0-9_-]{1,255}$/.test(name)) {
    throw new Refusal(
      'InvalidParameterException',
      'Cluster name must contain only letters, numbers, hyphens and underscores, and have at most 255 of them.',
    );
  }
  const existing = world.ecs.clusters.get(name);
  if (existing?.status === 'ACTIVE') {
    return existing;
  }
  const cluster: Cluster = {
    name,
    arn: arnOf(world, `cluster/${name}`),
    configuration: configurationOf(input),
    status: 'ACTIVE',
    tags: readTags(input.tags),
  };
  world.ecs.clusters.set(name, cluster);
  world.tagIndex.put(cluster.arn, cluster.tags);
  return cluster;
}

function servicesIn(world: World, cluster: Cluster): Service[] {
  return [...world.ecs.services.values()].filter((service) => service.cluster === cluster);
}

function tasksIn(world: World, cluster: Cluster): Task[] {
  return [...world.ecs.tasks.values()].filter((task) => task.cluster === cluster);
}

function describe(world: World, cluster: Cluster): ClusterDescription {
  const tasks = tasksIn(world, cluster);
  const { settings, execution, serviceConnect, capacityProviders, defaultStrategy } = cluster.configuration;
  return {
    clusterArn: cluster.arn,
    clusterName: cluster.name,
    status: cluster.status,
    registeredContainerInstancesCount: 0,
    runningTasksCount: tasks.filter(({ lastStatus }) => lastStatus === 'RUNNING').length,
    pendingTasksCount: tasks.filter(({ lastStatus }) => ['PROVISIONING', 'PENDING', 'ACTIVATING'].includes(lastStatus))
      .length,
    activeServicesCount: servicesIn(world, cluster).filter(({ status }) => status === 'ACTIVE').length,
    statistics: [],
    tags: tagList(cluster.tags),
    settings: [...settings],
    configuration: execution,
    serviceConnectDefaults: serviceConnect,
    capacityProviders: [...capacityProviders],
    defaultCapacityProviderStrategy: [...defaultStrategy],
    attachmentsStatus: 'UPDATE_COMPLETE',
  };
}

/**
 * Tags, settings and configurations come only when they are asked for.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeClusters.html#ECS-DescribeClusters-request-include
 */
function asIncluded(described: ClusterDescription, include: readonly ClusterField[] = []): ClusterDescription {
  return {
    ...described,
    tags: include.includes('TAGS') ? described.tags : [],
    settings: include.includes('SETTINGS') ? described.settings : [],
    configuration: include.includes('CONFIGURATIONS') ? described.configuration : undefined,
  };
}

function describeClusters(world: World, input: DescribeClustersRequest): DescribeClustersResponse {
  const references = input.clusters?.length ? input.clusters : ['default'];
  const clusters: ClusterDescription[] = [];
  const failures: DescribeClustersResponse['failures'] = [];
  for (const reference of references) {
    const cluster = findCluster(world, reference);
    if (cluster) {
      const described = describe(world, cluster);
      clusters.push(asIncluded(described, input.include));
    } else {
      const arn = reference.startsWith('arn:') ? reference : arnOf(world, `cluster/${reference}`);
      failures.push({ arn, reason: 'MISSING' });
    }
  }
  return { clusters, failures };
}

function deleteCluster(world: World, input: DeleteClusterRequest) {
  const cluster = activeCluster(world, input.cluster);
  if (servicesIn(world, cluster).some(({ status }) => status !== 'INACTIVE')) {
    throw new Refusal('ClusterContainsServicesException', 'The Cluster cannot be deleted while Services are active.');
  }
  if (tasksIn(world, cluster).some(({ lastStatus }) => lastStatus !== 'STOPPED')) {
    throw new Refusal('ClusterContainsTasksException', 'The Cluster cannot be deleted while Tasks are active.');
  }
  cluster.status = 'INACTIVE';
  world.tagIndex.remove(cluster.arn);
  return { cluster: describe(world, cluster) };
}

function listClusters(world: World, input: ListClustersRequest) {
  const active = [...world.ecs.clusters.values()].filter(({ status }) => status === 'ACTIVE');
  const { items, nextToken } = listPage(active, input);
  return { clusterArns: items.map(({ arn }) => arn), nextToken };
}

export function clusterHandlers(world: World): Record<string, Handler> {
  return {
    CreateCluster: (input: CreateClusterRequest) => ({ cluster: describe(world, createCluster(world, input)) }),
    DescribeClusters: (input: DescribeClustersRequest) => describeClusters(world, input),
    DeleteCluster: (input: DeleteClusterRequest) => deleteCluster(world, input),
    UpdateCluster: (input: UpdateClusterRequest) => ({ cluster: describe(world, updateCluster(world, input)) }),
    UpdateClusterSettings: (input: UpdateClusterSettingsRequest) => ({
      cluster: describe(world, updateSettings(world, input)),
    }),
    PutClusterCapacityProviders: (input: PutClusterCapacityProvidersRequest) => ({
      cluster: describe(world, putCapacityProviders(world, input)),
    }),
    ListClusters: (input: ListClustersRequest) => listClusters(world, input),
  };
}
