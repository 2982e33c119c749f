import {
  type FailureInfo,
  type ResourceGroupsTaggingAPIClient,
  TagResourcesCommand,
} from '@aws-sdk/client-resource-groups-tagging-api';
import { digestOf } from '../../domain/digest.ts';
import { TransientError } from '../../domain/failure.ts';
import type { SpecOf } from '../../domain/resource.ts';
import type { Desired, Observation, Provisioner } from '../../reconcile/provisioner.ts';
import type { Sender } from './clients.ts';
import { ask } from './errors.ts';

type Tagging = Sender<ResourceGroupsTaggingAPIClient>;

/** `TagResources` takes twenty ARNs, and any client five calls a second. */
const TAGS_AT_ONCE = 20;

/** Keeps tags that change true on what an environment owns: one round of calls for each change of either. */
export function createResourceTagsProvisioner({ tagging }: { tagging: Tagging }): Provisioner<'resource-tags'> {
  async function observe({ spec, recorded }: Desired<'resource-tags'>): Promise<Observation<'resource-tags'>> {
    const digest = digestOfTags(spec);
    return await Promise.resolve(
      recorded?.digest === digest
        ? { state: 'ready', outputs: { digest } }
        : { state: 'drifted', outputs: {}, drift: Object.keys(spec.tags).toSorted() },
    );
  }

  async function ensure({ spec }: Desired<'resource-tags'>): Promise<Observation<'resource-tags'>> {
    const arns = [...new Set(spec.arns)].toSorted();
    for (let from = 0; from < arns.length; from += TAGS_AT_ONCE) {
      const ResourceARNList = arns.slice(from, from + TAGS_AT_ONCE);
      const { FailedResourcesMap = {} } = await ask('tagging resources', () =>
        tagging.send(new TagResourcesCommand({ ResourceARNList, Tags: spec.tags })),
      );
      refuseFailures(FailedResourcesMap);
    }
    return { state: 'ready', outputs: { digest: digestOfTags(spec) } };
  }

  return {
    kind: 'resource-tags',
    observe,
    ensure,
    release: async () => await Promise.resolve({ state: 'absent' }),
  };
}

function digestOfTags({ arns, tags }: SpecOf<'resource-tags'>): string {
  return digestOf({ arns: [...new Set(arns)].toSorted(), tags });
}

/** A type that cannot be tagged, or something gone meanwhile, stays as it is; what a retry may heal is retried. */
function refuseFailures(failed: Readonly<Record<string, FailureInfo>>): void {
  for (const [arn, { ErrorCode, ErrorMessage }] of Object.entries(failed)) {
    if (ErrorCode !== 'InvalidParameterException') {
      throw new TransientError('NotReady', `AWS did not tag ${arn} (${ErrorCode}: ${ErrorMessage ?? 'no reason'}).`);
    }
  }
}
