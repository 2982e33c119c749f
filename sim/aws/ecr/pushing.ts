import { createHash } from 'node:crypto';
import type { PutImageRequest, PutImageResponse } from '@aws-sdk/client-ecr';
import { Refusal } from '../wire/refusal.ts';
import type { Handler } from '../wire/service.ts';
import type { World } from '../world.ts';
import { imageOf, repositoryNamed } from './lookup.ts';
import { createRepository } from './repositories.ts';
import type { Image, Repository } from './state.ts';

const manifestType = 'application/vnd.docker.distribution.manifest.v2+json';

interface Push {
  readonly manifest: string;
  readonly mediaType: string;
  readonly tag: string | undefined;
}

function push(world: World, repository: Repository, { manifest, mediaType, tag }: Push): Image {
  const digest = `sha256:${createHash('sha256').update(manifest).digest('hex')}`;
  const image = repository.images.get(digest) ?? {
    digest,
    manifest,
    mediaType,
    pushedAt: world.clock.now(),
    sizeInBytes: Buffer.byteLength(manifest),
    tags: new Set<string>(),
  };
  repository.images.set(digest, image);
  if (tag !== undefined) {
    imageOf(repository, { imageTag: tag })?.tags.delete(tag);
    image.tags.add(tag);
  }
  return image;
}

function refuseTaken(world: World, repository: Repository, { tag, digest }: { tag: string; digest: string }): void {
  const holder = imageOf(repository, { imageTag: tag });
  if (holder?.digest === digest) {
    throw new Refusal(
      'ImageAlreadyExistsException',
      `Image with digest '${digest}' and tag '${tag}' already exists in the repository with name '${repository.name}' in registry with id '${world.accountId}'`,
    );
  }
  if (holder && repository.tagMutability === 'IMMUTABLE') {
    throw new Refusal(
      'ImageTagAlreadyExistsException',
      `The image tag '${tag}' already exists in the '${repository.name}' repository and cannot be overwritten because the repository is immutable.`,
    );
  }
}

function putImage(world: World, input: PutImageRequest): PutImageResponse {
  const repository = repositoryNamed(world, input.repositoryName, input.registryId);
  const manifest = input.imageManifest ?? '';
  const digest = `sha256:${createHash('sha256').update(manifest).digest('hex')}`;
  if (input.imageDigest !== undefined && input.imageDigest !== digest) {
    throw new Refusal(
      'ImageDigestDoesNotMatchException',
      `Provided image digest '${input.imageDigest}' does not match the calculated digest '${digest}'`,
    );
  }
  if (input.imageTag !== undefined) {
    refuseTaken(world, repository, { tag: input.imageTag, digest });
  }
  const image = push(world, repository, {
    manifest,
    mediaType: input.imageManifestMediaType ?? manifestType,
    tag: input.imageTag,
  });
  return {
    image: {
      registryId: world.accountId,
      repositoryName: repository.name,
      imageId: { imageDigest: image.digest, ...(input.imageTag !== undefined && { imageTag: input.imageTag }) },
      imageManifest: image.manifest,
      imageManifestMediaType: image.mediaType,
    },
  };
}

/** For seeds: puts an image of its own behind the tag, making the repository when there is none. Returns the digest. */
export function addImage(world: World, repositoryName: string, tag: string): string {
  const repository = world.ecr.repositories.get(repositoryName) ?? createRepository(world, { repositoryName });
  const manifest = JSON.stringify({ schemaVersion: 2, mediaType: manifestType, image: `${repositoryName}:${tag}` });
  return push(world, repository, { manifest, mediaType: manifestType, tag }).digest;
}

export function pushingHandlers(world: World): Record<string, Handler> {
  return { PutImage: (input: PutImageRequest) => putImage(world, input) };
}
