import type { BatchResultErrorEntry } from '@aws-sdk/client-sqs';
import { Refusal } from '../wire/refusal.ts';

const MOST_ENTRIES = 10;

interface Entry {
  readonly Id?: string | undefined;
}

/** Throws EmptyBatchRequest, TooManyEntriesInBatchRequest, BatchEntryIdsNotDistinct. */
export function checkBatch(entries: readonly Entry[]): void {
  if (entries.length === 0) {
    throw new Refusal('EmptyBatchRequest', 'There should be at least one entry in the request.');
  }
  if (entries.length > MOST_ENTRIES) {
    throw new Refusal(
      'TooManyEntriesInBatchRequest',
      `Maximum number of entries per request are ${MOST_ENTRIES}. You have sent ${entries.length}.`,
    );
  }
  if (new Set(entries.map(({ Id }) => Id)).size < entries.length) {
    throw new Refusal('BatchEntryIdsNotDistinct', 'Two or more batch entries in the request have the same Id.');
  }
}

/** A refusal fails its entry alone. */
export function perEntry<E extends Entry, R extends object>(entries: readonly E[], work: (entry: E) => R) {
  const Successful: (R & { Id: string | undefined })[] = [];
  const Failed: BatchResultErrorEntry[] = [];
  for (const entry of entries) {
    try {
      Successful.push({ Id: entry.Id, ...work(entry) });
    } catch (error) {
      if (!(error instanceof Refusal)) {
        throw error;
      }
      Failed.push({ Id: entry.Id, SenderFault: true, Code: error.code, Message: error.message });
    }
  }
  return { Successful, Failed };
}
