import type { IncomingMessage } from 'node:http';

/** What came of reading a body: its bytes, or why there are none. */
export type RequestBody = { readonly bytes: Buffer } | { readonly refused: 'too-large' | 'cut-off' };

/** Reads at most `maxBytes`, counted as they come: the declared length is only a reason to refuse sooner. */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<RequestBody> {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) {
    return { refused: 'too-large' };
  }
  return await new Promise((resolve) => {
    let chunks: Buffer[] = [];
    let length = 0;
    const end = (body: RequestBody): void => {
      request.off('data', take).off('end', finish).off('error', cut).off('close', cut);
      chunks = [];
      resolve(body);
    };
    const take = (chunk: Buffer): void => {
      length += chunk.length;
      chunks.push(chunk);
      if (length > maxBytes) {
        request.pause();
        end({ refused: 'too-large' });
      }
    };
    const finish = (): void => end({ bytes: Buffer.concat(chunks) });
    const cut = (): void => end({ refused: 'cut-off' });
    request.on('data', take).once('end', finish).once('error', cut).once('close', cut);
  });
}

/** Lets the rest of a refused body pass by unread, so that the sender gets to see the answer; up to `maxBytes` of it. */
export async function discardRest(request: IncomingMessage, maxBytes: number): Promise<void> {
  await new Promise<void>((resolve) => {
    let length = 0;
    request
      .on('error', () => resolve())
      .once('end', () => resolve())
      .once('close', () => resolve());
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length > maxBytes) {
        request.destroy();
      }
    });
    request.resume();
  });
}
