import type { IncomingMessage } from 'node:http';

/** What came of reading a body: its bytes, or why there are none. */
export type RequestBody = { readonly bytes: Buffer } | { readonly refused: BodyRefusal };

/** `no-room`: so much else is held that this one, the largest that is not whole yet, had to go. */
export type BodyRefusal = 'too-large' | 'cut-off' | 'no-room';

/** Memory for the bodies of all requests together. */
export interface BodyRoom {
  /**
   * Reads a body of at most `maxBytes`, counted as they come: the declared length is only a reason to refuse sooner. Its
   * bytes count as held until `work` has ended.
   */
  hold(request: IncomingMessage, maxBytes: number, work: (body: RequestBody) => Promise<void>): Promise<void>;
}

interface Reader {
  length: number;
  cut(why: BodyRefusal): void;
}

/**
 * A room of `roomBytes`. Nobody is known before a body is whole, so what is counted is bytes and not senders: hundreds that
 * dawdle over a few bytes keep nobody out. When the room is full the largest unfinished body goes, which is never one of
 * GitHub's usual ones, of some ten kilobytes.
 */
export function createBodyRoom(roomBytes: number): BodyRoom {
  const unfinished = new Set<Reader>();
  let held = 0;

  function take(reader: Reader, bytes: number): void {
    reader.length += bytes;
    held += bytes;
    while (held > roomBytes && unfinished.size > 0) {
      const [first, ...others] = unfinished;
      others.reduce((largest, each) => (each.length > largest.length ? each : largest), first as Reader).cut('no-room');
    }
  }

  async function read(request: IncomingMessage, maxBytes: number): Promise<{ body: RequestBody; length: number }> {
    if (Number(request.headers['content-length'] ?? 0) > maxBytes) {
      return { body: { refused: 'too-large' }, length: 0 };
    }
    return await new Promise((resolve) => {
      const chunks: Buffer[] = [];
      const reader: Reader = {
        length: 0,
        cut(why) {
          request.pause();
          held -= reader.length;
          reader.length = 0;
          chunks.length = 0;
          end({ refused: why });
        },
      };
      const end = (body: RequestBody): void => {
        unfinished.delete(reader);
        request.off('data', add).off('end', finish).off('error', cutOff).off('close', cutOff);
        resolve({ body, length: reader.length });
      };
      const add = (chunk: Buffer): void => {
        chunks.push(chunk);
        take(reader, chunk.length);
        if (reader.length > maxBytes) {
          reader.cut('too-large');
        }
      };
      const finish = (): void => end({ bytes: Buffer.concat(chunks) });
      const cutOff = (): void => reader.cut('cut-off');
      unfinished.add(reader);
      request.on('data', add).once('end', finish).once('error', cutOff).once('close', cutOff);
    });
  }

  return {
    async hold(request, maxBytes, work) {
      const { body, length } = await read(request, maxBytes);
      try {
        await work(body);
      } finally {
        held -= length;
      }
    },
  };
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
