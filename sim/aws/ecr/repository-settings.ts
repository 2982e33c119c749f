import type {
  PutImageScanningConfigurationRequest,
  PutImageScanningConfigurationResponse,
  PutImageTagMutabilityRequest,
  PutImageTagMutabilityResponse,
} from '@aws-sdk/client-ecr';
import type { Handler } from '../wire/service.ts';
import type { World } from '../world.ts';
import { repositoryNamed } from './lookup.ts';

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_PutImageTagMutability.html */
function putTagMutability(world: World, input: PutImageTagMutabilityRequest): PutImageTagMutabilityResponse {
  const repository = repositoryNamed(world, input.repositoryName, input.registryId);
  repository.tagMutability = input.imageTagMutability === 'IMMUTABLE' ? 'IMMUTABLE' : 'MUTABLE';
  return {
    registryId: world.accountId,
    repositoryName: repository.name,
    imageTagMutability: repository.tagMutability,
  };
}

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_PutImageScanningConfiguration.html */
function putScanning(world: World, input: PutImageScanningConfigurationRequest): PutImageScanningConfigurationResponse {
  const repository = repositoryNamed(world, input.repositoryName, input.registryId);
  repository.scanOnPush = input.imageScanningConfiguration?.scanOnPush ?? false;
  return {
    registryId: world.accountId,
    repositoryName: repository.name,
    imageScanningConfiguration: { scanOnPush: repository.scanOnPush },
  };
}

export function settingHandlers(world: World): Record<string, Handler> {
  return {
    PutImageTagMutability: (input: PutImageTagMutabilityRequest) => putTagMutability(world, input),
    PutImageScanningConfiguration: (input: PutImageScanningConfigurationRequest) => putScanning(world, input),
  };
}
