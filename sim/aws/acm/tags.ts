import type {
  AddTagsToCertificateRequest,
  ListTagsForCertificateRequest,
  ListTagsForCertificateResponse,
  RemoveTagsFromCertificateRequest,
  Tag,
} from '@aws-sdk/client-acm';
import type { Tags } from '../tag-index.ts';
import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import { certificateOf } from './certificate-lookup.ts';
import type { Certificate } from './state.ts';

const MOST_TAGS = 50;
const ALLOWED = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

export function readTags(given: readonly Tag[] = []): Tags {
  const tags = Object.fromEntries(given.map(({ Key = '', Value = '' }) => [Key, Value]));
  for (const [key, value] of Object.entries(tags)) {
    const legal =
      key.length > 0 && key.length <= 128 && value.length <= 256 && ALLOWED.test(key) && ALLOWED.test(value);
    if (!legal || /^aws:/i.test(key)) {
      throw new Refusal('InvalidTagException', `The tag '${key}' is not valid`);
    }
  }
  refuseTooMany(tags);
  return tags;
}

function refuseTooMany(tags: Tags): void {
  if (Object.keys(tags).length > MOST_TAGS) {
    throw new Refusal('TooManyTagsException', `A certificate can have up to ${MOST_TAGS} tags`);
  }
}

function setTags(world: World, certificate: Certificate, tags: Tags): void {
  refuseTooMany(tags);
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
