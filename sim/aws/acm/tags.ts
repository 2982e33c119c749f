import type {
  AddTagsToCertificateRequest,
  ListTagsForCertificateRequest,
  ListTagsForCertificateResponse,
  RemoveTagsFromCertificateRequest,
  Tag,
} from '@aws-sdk/client-acm';
import type { Tags } from '../tag-index.ts';
import { maximumTags, tagProblem } from '../tag-rules.ts';
import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import { certificateOf } from './certificate-lookup.ts';
import type { Certificate } from './state.ts';

export function readTags(given: readonly Tag[] = []): Tags {
  const tags = Object.fromEntries(given.map(({ Key = '', Value = '' }) => [Key, Value]));
  refuseIllegal(tags);
  return tags;
}

function refuseIllegal(tags: Tags): void {
  const problem = tagProblem(tags);
  if (problem !== undefined) {
    const tooMany = Object.keys(tags).length > maximumTags;
    throw new Refusal(tooMany ? 'TooManyTagsException' : 'InvalidTagException', problem);
  }
}

function setTags(world: World, certificate: Certificate, tags: Tags): void {
  refuseIllegal(tags);
  certificate.tags = tags;
  world.tagIndex.put(certificate.arn, tags);
}

export function addTagsToCertificate(world: World, { CertificateArn, Tags: given }: AddTagsToCertificateRequest): void {
  const certificate = certificateOf(world, CertificateArn);
  setTags(world, certificate, { ...certificate.tags, ...readTags(given) });
}

/** A tag given with a value is removed only if it has that value. */
export function removeTagsFromCertificate(
  world: World,
  { CertificateArn, Tags: given = [] }: RemoveTagsFromCertificateRequest,
): void {
  const certificate = certificateOf(world, CertificateArn);
  const kept = Object.entries(certificate.tags).filter(
    ([key, value]) => !given.some((tag) => tag.Key === key && (tag.Value === undefined || tag.Value === value)),
  );
  setTags(world, certificate, Object.fromEntries(kept));
}

export function listTagsForCertificate(
  world: World,
  { CertificateArn }: ListTagsForCertificateRequest,
): ListTagsForCertificateResponse {
  const { tags } = certificateOf(world, CertificateArn);
  return { Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) };
}
