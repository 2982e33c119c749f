import type { Tag } from '@aws-sdk/client-iam';
import type { Tags } from '../tag-index.ts';
import { itemsOf, type PageAsked } from './paging.ts';
import { tagListOf, withoutTags, withTags } from './tag-rules.ts';

interface Tagged {
  tags: Tags;
}

/** Each of these is three operations: one of roles, one of policies, one of OIDC providers. */
export function tag(resource: Tagged, { Tags: asked }: { readonly Tags?: Tag[] | undefined }): void {
  resource.tags = withTags(resource.tags, asked);
}

export function untag(resource: Tagged, { TagKeys }: { readonly TagKeys?: string[] | undefined }): void {
  resource.tags = withoutTags(resource.tags, TagKeys);
}

export function listTags(resource: Tagged, asked: PageAsked) {
  const { items, rest } = itemsOf(tagListOf(resource.tags), asked);
  return { Tags: [...items], ...rest };
}
