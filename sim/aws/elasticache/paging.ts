import { pageOf } from '../paging.ts';
import { invalidValue } from './refusals.ts';

const DEFAULT_RECORDS = 100;
const FEWEST_RECORDS = 20;

/** One page, in order of `name`; `MaxRecords` is 20 to 100, default 100. Throws InvalidParameterValueException. */
export function recordsOf<T>(
  all: readonly T[],
  { MaxRecords = DEFAULT_RECORDS, Marker }: { MaxRecords?: number | undefined; Marker?: string | undefined },
  name: (item: T) => string,
): { items: readonly T[]; Marker: string | undefined } {
  if (MaxRecords < FEWEST_RECORDS || MaxRecords > DEFAULT_RECORDS) {
    throw invalidValue(`MaxRecords must be between ${FEWEST_RECORDS} and ${DEFAULT_RECORDS}, not ${MaxRecords}`);
  }
  const sorted = all.toSorted((one, other) => (name(one) < name(other) ? -1 : 1));
  const refuseToken = (): never => {
    throw invalidValue('Invalid Marker.');
  };
  const { items, nextToken } = pageOf(sorted, { limit: MaxRecords, token: Marker, refuseToken });
  return { items, Marker: nextToken };
}
