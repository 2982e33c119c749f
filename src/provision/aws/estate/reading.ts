import type { EstateThing } from '../../../reconcile/orphans/estate.ts';
import type { AwsClients } from '../clients.ts';
import type { Tags } from '../ownership.ts';

/** Names and places that only this platform's environments have; another platform in the account has its own. */
export interface EstateScope {
  /** The platform's name, which stands in front of what environments are made of. */
  readonly name: string;
  readonly clusterArn: string;
  readonly loadBalancerDnsName: string;
  readonly listeners: readonly { readonly arn: string; readonly protocol: string }[];
  readonly zone: string;
  readonly zoneId: string;
  readonly hostTemplate: string;
}

/** What the reading of one service works with. */
export interface Reading {
  readonly clients: AwsClients;
  readonly scope: EstateScope;
  /** What the tagging API lists, by ARN: a hint where to look, and never more. */
  readonly hints: ReadonlyMap<string, Tags>;
  /** Lets seconds pass, so that a look leaves Mayfly's own calls their share of a rate. */
  pause(seconds: number): Promise<void>;
}

/** A thing with tags, whosever it is. */
export type TaggedThing = EstateThing & { readonly tags: Tags };

/** Answers `ask` for each of `items` in turn, at most `perSecond` of them in a second. */
export async function askEach<T, R>(
  items: readonly T[],
  { perSecond, pause }: { perSecond: number; pause: Reading['pause'] },
  ask: (item: T) => Promise<R>,
): Promise<R[]> {
  const answers: R[] = [];
  for (const [asked, item] of items.entries()) {
    if (asked > 0 && asked % perSecond === 0) {
      await pause(1);
    }
    answers.push(await ask(item));
  }
  return answers;
}

/** Everything of a listing in pages. `read` is given the token of the page before, and answers the next one's. */
export async function allPages<T>(
  read: (token: string | undefined) => Promise<{ items: readonly T[] | undefined; next: string | undefined }>,
): Promise<T[]> {
  const all: T[] = [];
  let token: string | undefined;
  do {
    const { items = [], next } = await read(token);
    all.push(...items);
    token = next;
  } while (token !== undefined && token !== '');
  return all;
}
