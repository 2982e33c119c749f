import type { ImageIdentifier } from '@aws-sdk/client-ecr';
import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import type { Image, Repository } from './state.ts';

/** The repository of that name. Only this account has a registry here. */
export function repositoryNamed(world: World, name = '', registryId: string = world.accountId): Repository {
  const repository = registryId === world.accountId ? world.ecr.repositories.get(name) : undefined;
  if (!repository) {
    throw new Refusal(
      'RepositoryNotFoundException',
      `The repository with name '${name}' does not exist in the registry with id '${registryId}'`,
    );
  }
  return repository;
}

export function imageOf(repository: Repository, { imageDigest, imageTag }: ImageIdentifier): Image | undefined {
  for (const image of repository.images.values()) {
    const sameDigest = imageDigest === undefined || image.digest === imageDigest;
    const sameTag = imageTag === undefined || image.tags.has(imageTag);
    if (sameDigest && sameTag) {
      return image;
    }
  }
  return undefined;
}

/**
 * Whether a container image reference can be pulled. References to registries other than this account's are taken to
 * exist (`public.ecr.aws/…`, Docker Hub); references to this account's must name a repository and an image in it.
 */
export function isPullable(world: World, reference: string): boolean {
  const registry = `${world.accountId}.dkr.ecr.${world.region}.amazonaws.com/`;
  if (!reference.startsWith(registry)) {
    return true;
  }
  const [, name = '', tag, digest] = /^([^:@]+)(?::([^@]+))?(?:@(.+))?$/.exec(reference.slice(registry.length)) ?? [];
  const repository = world.ecr.repositories.get(name);
  const identifier = digest ? { imageDigest: digest } : { imageTag: tag ?? 'latest' };
  return repository !== undefined && imageOf(repository, identifier) !== undefined;
}
