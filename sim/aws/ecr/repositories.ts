import type {
  CreateRepositoryRequest,
  DeleteRepositoryRequest,
  DescribeRepositoriesRequest,
  DescribeRepositoriesResponse,
  EncryptionConfiguration,
  Repository as RepositoryDescription,
  Tag,
} from '@aws-sdk/client-ecr';
import { pageOf } from '../paging.ts';
import type { Tags } from '../tag-index.ts';
import { tagProblem } from '../tag-rules.ts';
import { Refusal } from '../wire/refusal.ts';
import type { Handler } from '../wire/service.ts';
import type { World } from '../world.ts';
import { repositoryNamed } from './lookup.ts';
import type { Repository } from './state.ts';

const namePattern = /^(?:[a-z0-9]+(?:[._-][a-z0-9]+)*\/)*[a-z0-9]+(?:[._-][a-z0-9]+)*$/;

export function tagsOf(pairs: readonly Tag[] = []): Tags {
  const tags = Object.fromEntries(pairs.map(({ Key = '', Value = '' }) => [Key, Value]));
  const problem = tagProblem(tags);
  if (problem) {
    throw new Refusal('InvalidTagParameterException', problem);
  }
  return tags;
}

function checkName(name: string): void {
  if (name.length < 2 || name.length > 256 || !namePattern.test(name)) {
    throw new Refusal(
      'InvalidParameterException',
      `Invalid parameter at 'repositoryName' failed to satisfy constraint: 'must satisfy regular expression '${namePattern.source}''`,
    );
  }
}

export function createRepository(world: World, input: CreateRepositoryRequest): Repository {
  const name = input.repositoryName ?? '';
  checkName(name);
  const tags = tagsOf(input.tags);
  if (world.ecr.repositories.has(name)) {
    throw new Refusal(
      'RepositoryAlreadyExistsException',
      `The repository with name '${name}' already exists in the registry with id '${world.accountId}'`,
    );
  }
  const repository: Repository = {
    name,
    arn: `arn:aws:ecr:${world.region}:${world.accountId}:repository/${name}`,
    uri: `${world.accountId}.dkr.ecr.${world.region}.amazonaws.com/${name}`,
    createdAt: world.clock.now(),
    encryption: encryptionOf(world, input),
    scanOnPush: input.imageScanningConfiguration?.scanOnPush ?? false,
    tagMutability: input.imageTagMutability === 'IMMUTABLE' ? 'IMMUTABLE' : 'MUTABLE',
    lifecyclePolicy: undefined,
    tags,
    images: new Map(),
  };
  world.ecr.repositories.set(name, repository);
  world.tagIndex.put(repository.arn, tags);
  return repository;
}

/**
 * "If you use the KMS encryption type and don't specify a key, the AWS managed key for Amazon ECR is used."
 * https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_EncryptionConfiguration.html
 */
function encryptionOf(
  { region, accountId }: World,
  { encryptionConfiguration }: CreateRepositoryRequest,
): EncryptionConfiguration {
  const encryptionType = encryptionConfiguration?.encryptionType ?? 'AES256';
  const managedKey = `arn:aws:kms:${region}:${accountId}:alias/aws/ecr`;
  return encryptionType === 'AES256'
    ? { encryptionType }
    : { encryptionType, kmsKey: encryptionConfiguration?.kmsKey ?? managedKey };
}

function describe(world: World, repository: Repository): RepositoryDescription {
  return {
    repositoryArn: repository.arn,
    registryId: world.accountId,
    repositoryName: repository.name,
    repositoryUri: repository.uri,
    createdAt: repository.createdAt,
    imageTagMutability: repository.tagMutability,
    imageScanningConfiguration: { scanOnPush: repository.scanOnPush },
    encryptionConfiguration: repository.encryption,
  };
}

function describeRepositories(world: World, input: DescribeRepositoriesRequest): DescribeRepositoriesResponse {
  const named = input.repositoryNames?.map((name) => repositoryNamed(world, name, input.registryId));
  const all = named ?? [...world.ecr.repositories.values()].toSorted((one, other) => (one.name < other.name ? -1 : 1));
  const { items, nextToken } = pageOf(all, {
    limit: named ? named.length : (input.maxResults ?? 100),
    token: input.nextToken,
    refuseToken() {
      throw new Refusal('InvalidParameterException', 'Invalid parameter at nextToken');
    },
  });
  return { repositories: items.map((repository) => describe(world, repository)), nextToken };
}

function deleteRepository(world: World, input: DeleteRepositoryRequest) {
  const repository = repositoryNamed(world, input.repositoryName, input.registryId);
  if (repository.images.size > 0 && !input.force) {
    throw new Refusal(
      'RepositoryNotEmptyException',
      `The repository with name '${repository.name}' in registry with id '${world.accountId}' cannot be deleted because it still contains images`,
    );
  }
  world.ecr.repositories.delete(repository.name);
  world.tagIndex.remove(repository.arn);
  return { repository: describe(world, repository) };
}

export function repositoryHandlers(world: World): Record<string, Handler> {
  return {
    CreateRepository: (input: CreateRepositoryRequest) => ({
      repository: describe(world, createRepository(world, input)),
    }),
    DescribeRepositories: (input: DescribeRepositoriesRequest) => describeRepositories(world, input),
    DeleteRepository: (input: DeleteRepositoryRequest) => deleteRepository(world, input),
  };
}
