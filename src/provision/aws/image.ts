import { DescribeImagesCommand, type ECRClient } from '@aws-sdk/client-ecr';
import { TerminalError } from '../../domain/failure.ts';
import type { ImageCandidate } from '../../domain/resource.ts';
import type { Clock } from '../../reconcile/clock.ts';
import type { Desired, Observation, Provisioner } from '../../reconcile/provisioner.ts';
import type { Sender } from './clients.ts';
import { ask } from './errors.ts';
import { observing } from './observing.ts';

type Ecr = Sender<ECRClient>;

/** Pushed by a build of minutes. */
const RECHECK_SECONDS = 10;

/** `<account>.dkr.ecr.<region>.amazonaws.com`, with a path in front of the repository or without. */
const ECR_REGISTRY = /^(?<registryId>\d{12})\.dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com(?:\/(?<path>.+))?$/;

interface Parts {
  readonly ecr: Ecr;
  readonly clock: Clock;
}

/** Waits for the first of an image's candidates that the registry holds. Registries that are not ECR are taken at their word. */
export function createImageProvisioner({ ecr, clock }: Parts): Provisioner<'image'> {
  async function observe({ spec }: Desired<'image'>): Promise<Observation<'image'>> {
    for (const candidate of spec.candidates) {
      if (await isThere(ecr, candidate)) {
        const { tag, origin } = candidate;
        return { state: 'ready', outputs: { reference: referenceOf(candidate), tag, origin } };
      }
    }
    const names = spec.candidates.map(({ repository, tag }) => `${repository}:${tag}`).join(' or ');
    if (clock.now().getTime() >= Date.parse(spec.deadlineAt)) {
      throw new TerminalError(
        'ImageMissing',
        `The image ${names} did not appear in the registry in time. See whether its build ran and pushed it under this tag; Mayfly goes on as soon as it is there.`,
        { actor: 'author' },
      );
    }
    return {
      state: 'pending',
      outputs: {},
      waitingFor: `image ${names} (not in the registry yet)`,
      requeueAfterSeconds: RECHECK_SECONDS,
    };
  }

  return observing('image', observe);
}

function referenceOf({ registry, repository, tag }: ImageCandidate): string {
  return `${registry === '' ? '' : `${registry}/`}${repository}:${tag}`;
}

/** A repository that is missing may come with its first image. */
async function isThere(ecr: Ecr, { registry, repository, tag }: ImageCandidate): Promise<boolean> {
  const place = ECR_REGISTRY.exec(registry)?.groups;
  if (!place) {
    return true;
  }
  const repositoryName = place['path'] === undefined ? repository : `${place['path']}/${repository}`;
  return await ask(
    `looking for the image ${repository}:${tag}`,
    async () => {
      const { imageDetails } = await ecr.send(
        new DescribeImagesCommand({
          registryId: place['registryId'],
          repositoryName,
          imageIds: [{ imageTag: tag }],
        }),
      );
      return (imageDetails ?? []).length > 0;
    },
    { on: { 'not-found': () => false } },
  );
}
