import { type Logger, pino } from 'pino';
import { quietError } from './quiet-log.ts';

/**
 * The log of a process, a line of JSON each on standard output. Errors are reduced to what `quietError` chooses; `redact`
 * has the last word over each line as it is written.
 */
export function createProcessLog({ level, redact }: { level: string; redact: (text: string) => string }): Logger {
  return pino({ level, serializers: { err: quietError }, hooks: { streamWrite: redact } });
}
