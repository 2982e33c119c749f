import { type Page, pageOf } from '../paging.ts';
import { Refusal } from '../wire/refusal.ts';
import { invalid } from './refusals.ts';

const MOST_RESULTS = 1000;

/** One page; `MaxResults` is 1 to 1,000. Throws InvalidParameterException, InvalidNextTokenException. */
export function pageIn<T>(
  all: readonly T[],
  { MaxResults = 100, NextToken }: { MaxResults?: number | undefined; NextToken?: string | undefined },
): { items: Page<T>['items']; NextToken: string | undefined } {
  if (MaxResults < 1 || MaxResults > MOST_RESULTS) {
    throw invalid(`MaxResults must be between 1 and ${MOST_RESULTS}`);
  }
  const refuseToken = (): never => {
    throw new Refusal('InvalidNextTokenException', 'The pagination token is invalid');
  };
  const { items, nextToken } = pageOf(all, { limit: MaxResults, token: NextToken, refuseToken });
  return { items, NextToken: nextToken };
}
