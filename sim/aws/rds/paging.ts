import type { Filter } from '@aws-sdk/client-rds';
import { pageOf } from '../paging.ts';
import { Refusal } from '../wire/refusal.ts';

const DEFAULT_RECORDS = 100;
const FEWEST_RECORDS = 20;

/** One page, in order of `name`; `MaxRecords` is 20 to 100, default 100. Throws InvalidParameterValue. */
export function recordsOf<T>(
  all: readonly T[],
  { MaxRecords = DEFAULT_RECORDS, Marker }: { MaxRecords?: number | undefined; Marker?: string | undefined },
  name: (item: T) => string,
): { items: readonly T[]; Marker: string | undefined } {
  if (MaxRecords < FEWEST_RECORDS || MaxRecords > DEFAULT_RECORDS) {
    throw new Refusal(
      'InvalidParameterValue',
      `Invalid value ${MaxRecords} for MaxRecords. Must be between ${FEWEST_RECORDS} and ${DEFAULT_RECORDS}`,
    );
  }
  const sorted = all.toSorted((one, other) => (name(one) < name(other) ? -1 : 1));
  const refuseToken = (): never => {
    throw new Refusal('InvalidParameterValue', 'Invalid Marker.');
  };
  const { items, nextToken } = pageOf(sorted, { limit: MaxRecords, token: Marker, refuseToken });
  return { items, Marker: nextToken };
}

/** What an item holds under each filter name of the operation. */
export type FilterFields<T> = Readonly<Record<string, (item: T) => readonly (string | undefined)[]>>;

/** Whether every filter holds one of its values. Throws InvalidParameterValue for a name the operation does not know. */
export function passes<T>(item: T, filters: readonly Filter[] | undefined, fields: FilterFields<T>): boolean {
  return (filters ?? []).every(({ Name = '', Values = [] }) => {
    const field = fields[Name];
    if (!field) {
      throw new Refusal('InvalidParameterValue', `Unrecognized filter name: ${Name}`);
    }
    const held = field(item);
    return Values.some((value) => held.includes(value) || held.includes(value.toLowerCase()));
  });
}

/** Refuses an unknown filter name even when there is nothing to filter. */
export function checkFilters<T>(filters: readonly Filter[] | undefined, fields: FilterFields<T>): void {
  const unknown = filters?.find(({ Name = '' }) => !(Name in fields));
  if (unknown) {
    throw new Refusal('InvalidParameterValue', `Unrecognized filter name: ${unknown.Name}`);
  }
}
