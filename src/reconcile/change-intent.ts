import type { Intent } from '../domain/intent.ts';
import type { EnvironmentRecord } from './store.ts';

/** The record with its intent changed and one generation further; the record itself when nothing changed. */
export function changeIntent(record: EnvironmentRecord, change: Partial<Intent>): EnvironmentRecord {
  const changed = { ...record.intent, ...change };
  if (JSON.stringify(changed) === JSON.stringify(record.intent)) {
    return record;
  }
  return { ...record, intent: { ...changed, generation: record.intent.generation + 1 } };
}
