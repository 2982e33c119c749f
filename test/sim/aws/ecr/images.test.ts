import {
  BatchDeleteImageCommand,
  BatchGetImageCommand,
  CreateRepositoryCommand,
  DeleteRepositoryCommand,
  DescribeImagesCommand,
  DescribeRepositoriesCommand,
  ECRClient,
  ListImagesCommand,
  ListTagsForResourceCommand,
  PutImageCommand,
  TagResourceCommand,
} from '@aws-sdk/client-ecr';
import { describe, expect, it } from '@jest/globals';
import { inventoryOf } from '../../../../sim/aws/ecr/inventory.ts';
import { isPullable } from '../../../../sim/aws/ecr/lookup.ts';
import { addImage } from '../../../../sim/aws/ecr/pushing.ts';
import { startSteppedAws } from '../../../support/aws-simulator.ts';

async function start() {
  const { aws, client } = await startSteppedAws({ rateLimits: false });
  return { world: aws.world, ecr: new ECRClient(client) };
}

const repositoryName = 'vol-app/api';

describe('an image', () => {
  it('is found by its tag or its digest', async () => {
    const { world, ecr } = await start();
    const imageDigest = addImage(world, repositoryName, 'pr-ec021a6');

    for (const imageId of [{ imageTag: 'pr-ec021a6' }, { imageDigest }]) {
      const { imageDetails } = await ecr.send(new DescribeImagesCommand({ repositoryName, imageIds: [imageId] }));
      expect(imageDetails).toMatchObject([{ imageDigest, imageTags: ['pr-ec021a6'], repositoryName }]);
    }
  });

  it('that is not there is refused by its own error, and so is its repository', async () => {
    const { world, ecr } = await start();
    addImage(world, repositoryName, 'main');
    const describe = (name: string, imageTag: string) =>
      new DescribeImagesCommand({ repositoryName: name, imageIds: [{ imageTag }] });

    await expect(ecr.send(describe(repositoryName, 'pr-0'))).rejects.toMatchObject({
      name: 'ImageNotFoundException',
      message:
        "The image with imageId {imageDigest:'null', imageTag:'pr-0'} does not exist within the repository with name 'vol-app/api' in the registry with id '123456789012'",
    });
    await expect(ecr.send(describe('vol-app/other', 'pr-0'))).rejects.toMatchObject({
      name: 'RepositoryNotFoundException',
    });
  });

  it('gives its tag up to a newer one, unless the tags of its repository are immutable', async () => {
    const { ecr } = await start();
    for (const imageTagMutability of ['MUTABLE', 'IMMUTABLE'] as const) {
      await ecr.send(
        new CreateRepositoryCommand({ repositoryName: imageTagMutability.toLowerCase(), imageTagMutability }),
      );
    }
    const put = async (name: string, imageManifest: string) =>
      await ecr.send(new PutImageCommand({ repositoryName: name, imageManifest, imageTag: 'latest' }));
    await put('mutable', '{"n":1}');
    await put('immutable', '{"n":1}');

    const { image } = await put('mutable', '{"n":2}');
    const { imageDetails } = await ecr.send(
      new DescribeImagesCommand({ repositoryName: 'mutable', filter: { tagStatus: 'TAGGED' } }),
    );
    expect(imageDetails?.map(({ imageDigest }) => imageDigest)).toEqual([image?.imageId?.imageDigest]);
    await expect(put('immutable', '{"n":2}')).rejects.toMatchObject({ name: 'ImageTagAlreadyExistsException' });
    await expect(put('immutable', '{"n":1}')).rejects.toMatchObject({ name: 'ImageAlreadyExistsException' });
  });

  it('goes with its last tag, or with its digest at once', async () => {
    const { world, ecr } = await start();
    const imageDigest = addImage(world, repositoryName, 'a');
    addImage(world, repositoryName, 'b');

    const byTag = await ecr.send(new BatchDeleteImageCommand({ repositoryName, imageIds: [{ imageTag: 'a' }] }));
    const again = await ecr.send(new BatchDeleteImageCommand({ repositoryName, imageIds: [{ imageTag: 'a' }] }));

    expect(byTag.imageIds).toEqual([{ imageDigest, imageTag: 'a' }]);
    expect(again.failures).toMatchObject([{ failureCode: 'ImageNotFound' }]);
    const { imageIds } = await ecr.send(new ListImagesCommand({ repositoryName }));
    expect(imageIds).toMatchObject([{ imageTag: 'b' }]);
  });

  it('is listed page by page, not together with ids', async () => {
    const { world, ecr } = await start();
    for (const tag of ['1', '2', '3']) {
      addImage(world, repositoryName, tag);
    }

    const first = await ecr.send(new DescribeImagesCommand({ repositoryName, maxResults: 2 }));
    const rest = await ecr.send(
      new DescribeImagesCommand({ repositoryName, maxResults: 2, nextToken: first.nextToken }),
    );

    expect([first.imageDetails?.length, rest.imageDetails?.length, rest.nextToken]).toEqual([2, 1, undefined]);
    await expect(
      ecr.send(new DescribeImagesCommand({ repositoryName, maxResults: 2, imageIds: [{ imageTag: '1' }] })),
    ).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });

  it('is handed out with its manifest, and what is missing is named', async () => {
    const { ecr } = await start();
    await ecr.send(new CreateRepositoryCommand({ repositoryName }));
    await ecr.send(new PutImageCommand({ repositoryName, imageManifest: '{"n":1}', imageTag: 'a' }));

    const answer = await ecr.send(
      new BatchGetImageCommand({ repositoryName, imageIds: [{ imageTag: 'a' }, { imageTag: 'b' }] }),
    );

    expect(answer.images).toMatchObject([{ imageManifest: '{"n":1}', imageId: { imageTag: 'a' } }]);
    expect(answer.failures).toMatchObject([{ imageId: { imageTag: 'b' }, failureCode: 'ImageNotFound' }]);
  });

  it.each([
    ['by tag', ':main', true],
    ['by the default tag when it has none', '', false],
    ['by an unknown tag', ':other', false],
    ['by an unknown digest', `@sha256:${'0'.repeat(64)}`, false],
  ])('is looked for %s when it is pulled', async (_how, suffix, pullable) => {
    const { world } = await start();
    addImage(world, repositoryName, 'main');

    expect(isPullable(world, `123456789012.dkr.ecr.eu-west-1.amazonaws.com/${repositoryName}${suffix}`)).toBe(pullable);
  });
});

describe('a repository', () => {
  it('is made once, and deleted only when it is empty or by force', async () => {
    const { world, ecr } = await start();
    const { repository } = await ecr.send(
      new CreateRepositoryCommand({ repositoryName, tags: [{ Key: 'A', Value: '1' }] }),
    );
    expect(repository?.repositoryUri).toBe('123456789012.dkr.ecr.eu-west-1.amazonaws.com/vol-app/api');
    await expect(ecr.send(new CreateRepositoryCommand({ repositoryName }))).rejects.toMatchObject({
      name: 'RepositoryAlreadyExistsException',
    });
    addImage(world, repositoryName, 'main');
    await expect(ecr.send(new DeleteRepositoryCommand({ repositoryName }))).rejects.toMatchObject({
      name: 'RepositoryNotEmptyException',
    });
    expect(inventoryOf(world)).toMatchObject([{ name: repositoryName, detail: { images: 'main' } }]);

    await ecr.send(new DeleteRepositoryCommand({ repositoryName, force: true }));

    await expect(
      ecr.send(new DescribeRepositoriesCommand({ repositoryNames: [repositoryName] })),
    ).rejects.toMatchObject({ name: 'RepositoryNotFoundException' });
  });

  it('is refused a name in capitals', async () => {
    const { ecr } = await start();

    await expect(ecr.send(new CreateRepositoryCommand({ repositoryName: 'API' }))).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
  });

  it('carries tags', async () => {
    const { ecr } = await start();
    const { repository } = await ecr.send(new CreateRepositoryCommand({ repositoryName }));
    const resourceArn = repository?.repositoryArn;

    await ecr.send(new TagResourceCommand({ resourceArn, tags: [{ Key: 'Team', Value: 'VOL' }] }));

    const { tags } = await ecr.send(new ListTagsForResourceCommand({ resourceArn }));
    expect(tags).toEqual([{ Key: 'Team', Value: 'VOL' }]);
  });
});
