import type {
  BatchDeleteImageRequest,
  BatchDeleteImageResponse,
  BatchGetImageRequest,
  BatchGetImageResponse,
  DescribeImagesRequest,
  DescribeImagesResponse,
  ImageDetail,
  ImageFailure,
  ImageIdentifier,
  ListImagesRequest,
  ListImagesResponse,
  TagStatus,
} from '@aws-sdk/client-ecr';
import { pageOf } from '../paging.ts';
import { Refusal } from '../wire/refusal.ts';
import type { Handler } from '../wire/service.ts';
import type { World } from '../world.ts';
import { imageOf, repositoryNamed } from './lookup.ts';
import type { Image, Repository } from './state.ts';

function refuseToken(): never {
  throw new Refusal('InvalidParameterException', 'Invalid parameter at nextToken');
}

function hasTagStatus(image: Image, status: TagStatus = 'ANY'): boolean {
  return status === 'ANY' || (status === 'TAGGED') === image.tags.size > 0;
}

function describe(world: World, repository: Repository, image: Image): ImageDetail {
  return {
    registryId: world.accountId,
    repositoryName: repository.name,
    imageDigest: image.digest,
    ...(image.tags.size > 0 && { imageTags: [...image.tags] }),
    imageSizeInBytes: image.sizeInBytes,
    imagePushedAt: image.pushedAt,
    imageManifestMediaType: image.mediaType,
  };
}

function imageOrRefuse(world: World, repository: Repository, id: ImageIdentifier): Image {
  const image = imageOf(repository, id);
  if (!image) {
    throw new Refusal(
      'ImageNotFoundException',
      `The image with imageId {imageDigest:'${id.imageDigest ?? 'null'}', imageTag:'${id.imageTag ?? 'null'}'} does not exist within the repository with name '${repository.name}' in the registry with id '${world.accountId}'`,
    );
  }
  return image;
}

function describeImages(world: World, input: DescribeImagesRequest): DescribeImagesResponse {
  const repository = repositoryNamed(world, input.repositoryName, input.registryId);
  if (input.imageIds) {
    if (input.maxResults !== undefined || input.nextToken !== undefined) {
      throw new Refusal(
        'InvalidParameterException',
        'Invalid parameter: maxResults and nextToken cannot be used together with imageIds',
      );
    }
    const asked = new Set(input.imageIds.map((id) => imageOrRefuse(world, repository, id)));
    return { imageDetails: [...asked].map((image) => describe(world, repository, image)) };
  }
  const matching = [...repository.images.values()].filter((image) => hasTagStatus(image, input.filter?.tagStatus));
  const { items, nextToken } = pageOf(matching, {
    limit: input.maxResults ?? 100,
    token: input.nextToken,
    refuseToken,
  });
  return { imageDetails: items.map((image) => describe(world, repository, image)), nextToken };
}

function listImages(world: World, input: ListImagesRequest): ListImagesResponse {
  const repository = repositoryNamed(world, input.repositoryName, input.registryId);
  const ids = [...repository.images.values()]
    .filter((image) => hasTagStatus(image, input.filter?.tagStatus))
    .flatMap(({ digest: imageDigest, tags }): ImageIdentifier[] =>
      tags.size > 0 ? [...tags].map((imageTag) => ({ imageDigest, imageTag })) : [{ imageDigest }],
    );
  const { items, nextToken } = pageOf(ids, { limit: input.maxResults ?? 100, token: input.nextToken, refuseToken });
  return { imageIds: [...items], nextToken };
}

function notFound(imageId: ImageIdentifier): ImageFailure {
  return { imageId, failureCode: 'ImageNotFound', failureReason: 'Requested image not found' };
}

function batchGetImage(world: World, input: BatchGetImageRequest): BatchGetImageResponse {
  const repository = repositoryNamed(world, input.repositoryName, input.registryId);
  const answer: Required<Pick<BatchGetImageResponse, 'images' | 'failures'>> = { images: [], failures: [] };
  for (const id of input.imageIds ?? []) {
    const image = imageOf(repository, id);
    if (image) {
      answer.images?.push({
        registryId: world.accountId,
        repositoryName: repository.name,
        imageId: { imageDigest: image.digest, ...(id.imageTag !== undefined && { imageTag: id.imageTag }) },
        imageManifest: image.manifest,
        imageManifestMediaType: image.mediaType,
      });
    } else {
      answer.failures?.push(notFound(id));
    }
  }
  return answer;
}

/** By tag only the tag goes, and the image with its last tag; by digest the image goes with all its tags. */
function batchDeleteImage(world: World, input: BatchDeleteImageRequest): BatchDeleteImageResponse {
  const repository = repositoryNamed(world, input.repositoryName, input.registryId);
  const imageIds: ImageIdentifier[] = [];
  const failures: ImageFailure[] = [];
  for (const id of input.imageIds ?? []) {
    const image = imageOf(repository, id);
    if (!image) {
      failures.push(notFound(id));
      continue;
    }
    const goingTags = id.imageTag === undefined ? [...image.tags] : [id.imageTag];
    for (const tag of goingTags) {
      image.tags.delete(tag);
      imageIds.push({ imageDigest: image.digest, imageTag: tag });
    }
    if (image.tags.size === 0) {
      repository.images.delete(image.digest);
    }
    if (goingTags.length === 0) {
      imageIds.push({ imageDigest: image.digest });
    }
  }
  return { imageIds, failures };
}

export function imageHandlers(world: World): Record<string, Handler> {
  return {
    DescribeImages: (input: DescribeImagesRequest) => describeImages(world, input),
    ListImages: (input: ListImagesRequest) => listImages(world, input),
    BatchGetImage: (input: BatchGetImageRequest) => batchGetImage(world, input),
    BatchDeleteImage: (input: BatchDeleteImageRequest) => batchDeleteImage(world, input),
  };
}
