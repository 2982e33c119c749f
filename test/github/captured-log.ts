import { Writable } from 'node:stream';
import { type Logger, pino } from 'pino';

/** A log that a test can read. */
export function createCapturedLog(level = 'info'): { log: Logger; lines(): string[] } {
  const lines: string[] = [];
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString());
      done();
    },
  });
  return { log: pino({ level }, sink), lines: () => lines };
}
