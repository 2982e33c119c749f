import { type Page, pageOf } from '../paging.ts';
import { Refusal } from '../wire/refusal.ts';

const MOST_RESULTS = 50;

/** One page; `MaxResults` is 1 to 50, default 50. Throws ValidationException, InvalidNextTokenException. */
export function pageIn<T>(
  all: readonly T[],
  { MaxResults = MOST_RESULTS, NextToken }: { MaxResults?: number | undefined; NextToken?: string | undefined },
): { items: Page<T>['items']; NextToken: string | undefined } {
  if (MaxResults < 1 || MaxResults > MOST_RESULTS) {
    throw new Refusal('ValidationException', `MaxResults must be between 1 and ${MOST_RESULTS}`);
  }
  const refuseToken = (): never => {
    throw new Refusal('InvalidNextTokenException', 'The next token is not valid');
  };
  const { items, nextToken } = pageOf(all, { limit: MaxResults, token: NextToken, refuseToken });
  return { items, NextToken: nextToken };
}
