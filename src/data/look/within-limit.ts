import { TransientError } from '../../domain/failure.ts';
import type { DatabaseAddress } from '../mysql/open-database.ts';

/** How a server is asked: in TLS alone where `tls` is given, and for how long. */
export interface Asking extends Pick<DatabaseAddress, 'tls'> {
  readonly limitMs: number;
}

/** A server that went away without a word answers never. */
export async function withinLimit<T>(
  answer: Promise<T>,
  { host, limitMs }: { host: string; limitMs: number },
): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new TransientError('NoAnswer', `The database at ${host} did not answer.`)),
      limitMs,
    );
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
