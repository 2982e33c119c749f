import { CreateRepositoryCommand, type ECRClient, PutImageCommand } from '@aws-sdk/client-ecr';
import { CreateClusterCommand, type ECSClient } from '@aws-sdk/client-ecs';
import { given } from './network.ts';
import { unlessThere } from './unless-there.ts';

export interface SeededCompute {
  readonly clusterArn: string;
  /** `<account>.dkr.ecr.<region>.amazonaws.com` */
  readonly registry: string;
}

export async function seedCompute(
  { ecs, ecr }: { ecs: ECSClient; ecr: ECRClient },
  { prefix, images }: { prefix: string; images: readonly string[] },
): Promise<SeededCompute> {
  const { cluster } = await ecs.send(new CreateClusterCommand({ clusterName: prefix }));
  const clusterArn = given(cluster?.clusterArn, 'a cluster ARN');
  const [, , , region, accountId] = clusterArn.split(':');
  await seedImages(ecr, images);
  return { clusterArn, registry: `${accountId}.dkr.ecr.${region}.amazonaws.com` };
}

/** Each image, as `repository:tag`, in a repository that is made for it unless it is there. May be called twice. */
export async function seedImages(ecr: ECRClient, images: readonly string[]): Promise<void> {
  const repositories = new Set(images.map((image) => repositoryAndTag(image).repositoryName));
  for (const repositoryName of repositories) {
    await unlessThere(
      ['RepositoryAlreadyExistsException'],
      async () => await ecr.send(new CreateRepositoryCommand({ repositoryName, imageTagMutability: 'IMMUTABLE' })),
    );
  }
  for (const image of images) {
    await pushImage(ecr, image);
  }
}

/** Puts `repository:tag` into a repository that is there: a manifest without layers is enough to be known by its tag. One that is there stays. */
export async function pushImage(ecr: ECRClient, image: string): Promise<void> {
  const { repositoryName, imageTag } = repositoryAndTag(image);
  const imageManifest = JSON.stringify({
    schemaVersion: 2,
    mediaType: 'application/vnd.docker.distribution.manifest.v2+json',
    config: {
      mediaType: 'application/vnd.docker.container.image.v1+json',
      size: image.length,
      digest: `sha256:${Buffer.from(image).toString('hex').padEnd(64, '0').slice(0, 64)}`,
    },
    layers: [],
    annotations: { image },
  });
  await unlessThere(
    ['ImageAlreadyExistsException', 'ImageTagAlreadyExistsException'],
    async () => await ecr.send(new PutImageCommand({ repositoryName, imageTag, imageManifest })),
  );
}

function repositoryAndTag(image: string): { repositoryName: string; imageTag: string } {
  const at = image.lastIndexOf(':');
  return { repositoryName: image.slice(0, at), imageTag: image.slice(at + 1) };
}
