import type {
  ClusterSetting,
  CreateClusterRequest,
  PutClusterCapacityProvidersRequest,
  UpdateClusterRequest,
  UpdateClusterSettingsRequest,
} from '@aws-sdk/client-ecs';
import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import { activeCluster } from './lookup.ts';
import type { Cluster, ClusterConfiguration } from './state.ts';

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ClusterSetting.html */
const insights = ['enhanced', 'enabled', 'disabled'];

const unset: readonly ClusterSetting[] = [{ name: 'containerInsights', value: 'disabled' }];

const reserved = ['FARGATE', 'FARGATE_SPOT'];

/** What a new cluster is set to. Throws InvalidParameterException for what does not exist. */
export function configurationOf(input: CreateClusterRequest): ClusterConfiguration {
  return {
    settings: input.settings?.length ? checkedSettings(input.settings) : unset,
    execution: input.configuration,
    serviceConnect: input.serviceConnectDefaults,
    ...checkedProviders(input.capacityProviders, input.defaultCapacityProviderStrategy),
  };
}

function checkedSettings(settings: readonly ClusterSetting[] = []): readonly ClusterSetting[] {
  for (const { name, value } of settings) {
    if (name !== 'containerInsights' || !insights.includes(value ?? '')) {
      throw new Refusal('InvalidParameterException', `Invalid cluster setting: ${name}=${value}`);
    }
  }
  return settings;
}

/**
 * A cluster of this account has Fargate's two providers only, and its strategy names those it has.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PutClusterCapacityProviders.html
 */
function checkedProviders(
  capacityProviders: readonly string[] = [],
  defaultStrategy: CreateClusterRequest['defaultCapacityProviderStrategy'] = [],
): Pick<ClusterConfiguration, 'capacityProviders' | 'defaultStrategy'> {
  const unknown = capacityProviders.find((provider) => !reserved.includes(provider));
  if (unknown !== undefined) {
    throw new Refusal('InvalidParameterException', `The specified capacity provider '${unknown}' was not found.`);
  }
  const foreign = defaultStrategy.find(({ capacityProvider = '' }) => !capacityProviders.includes(capacityProvider));
  if (foreign) {
    throw new Refusal(
      'InvalidParameterException',
      `The capacity provider '${foreign.capacityProvider}' of the default strategy is not associated with the cluster.`,
    );
  }
  return { capacityProviders, defaultStrategy };
}

/** Changes what is given and keeps the rest. */
export function updateCluster(world: World, input: UpdateClusterRequest): Cluster {
  const cluster = activeCluster(world, input.cluster);
  const { settings, execution, serviceConnect } = cluster.configuration;
  cluster.configuration = {
    ...cluster.configuration,
    settings: input.settings ? checkedSettings(input.settings) : settings,
    execution: input.configuration ?? execution,
    serviceConnect: input.serviceConnectDefaults ?? serviceConnect,
  };
  return cluster;
}

export function updateSettings(world: World, { cluster, settings }: UpdateClusterSettingsRequest): Cluster {
  return updateCluster(world, { cluster, settings });
}

/** Replaces both; empty lists take everything away. */
export function putCapacityProviders(world: World, input: PutClusterCapacityProvidersRequest): Cluster {
  const cluster = activeCluster(world, input.cluster);
  const providers = checkedProviders(input.capacityProviders, input.defaultCapacityProviderStrategy);
  cluster.configuration = { ...cluster.configuration, ...providers };
  return cluster;
}
