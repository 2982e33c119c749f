import type { Tags } from '../tag-index.ts';
import type { World } from '../world.ts';

/** One action that a call needs, on each of the resources that it names. */
export interface Need {
  /** `rds:DeleteDBCluster` */
  readonly action: string;
  /** ARNs; `['*']` where the action knows no resources. */
  readonly resources: readonly string[];
  /** The tags that the request brings; undefined when it brings none. */
  readonly requestTags?: Tags | undefined;
  /** The service's own condition keys. A list is a key that holds many values. */
  readonly keys?: Readonly<Record<string, string | readonly string[]>>;
}

/** What a call of one operation needs. Input that the service would refuse is no reason to fail. */
// oxlint-disable-next-line typescript/no-explicit-any -- one table holds readers of many different SDK input types
export type NeedsOf = (world: World, input: any) => readonly Need[];

/** By operation name. */
export type NeedsTable = Readonly<Record<string, NeedsOf>>;

export function arnIn({ region, accountId }: World, service: string, resource: string): string {
  return `arn:aws:${service}:${region}:${accountId}:${resource}`;
}

interface WrittenTag {
  readonly Key?: string | undefined;
  readonly Value?: string | undefined;
  readonly key?: string | undefined;
  readonly value?: string | undefined;
}

/** Tags as a service writes them, with capitals or without. Undefined when there are none. */
export function tagsIn(written: readonly WrittenTag[] | undefined): Tags | undefined {
  return written && written.length > 0
    ? Object.fromEntries(written.map(({ Key, Value, key, value }) => [Key ?? key ?? '', Value ?? value ?? '']))
    : undefined;
}

/** The need to tag what a call creates, where it brings tags. */
export function taggedOnCreation({ requestTags, ...need }: Need): Need[] {
  return requestTags === undefined ? [] : [{ ...need, requestTags }];
}
