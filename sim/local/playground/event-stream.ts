import type { SSEStreamingApi } from 'hono/streaming';
import { REGIONS, type Regions } from './regions.ts';

const LOOK_EVERY_MS = 200;

/**
 * Sends each region as a `region` event whenever it has changed: `{"id": "aws", "html": "…"}`. All of them at first, for
 * the page may be older than the stream. Returns when the reader goes or `ended` resolves.
 */
export async function streamRegions(
  stream: SSEStreamingApi,
  { render, ended }: { render: () => Promise<Regions>; ended: Promise<void> },
): Promise<void> {
  let isEnded = false;
  const end = ended.then(() => {
    isEnded = true;
  });
  const sent = new Map<string, string>();
  while (!isEnded && !stream.aborted && !stream.closed) {
    const regions = await render();
    for (const id of REGIONS) {
      if (sent.get(id) !== regions[id]) {
        sent.set(id, regions[id]);
        await stream.writeSSE({ event: 'region', data: JSON.stringify({ id, html: regions[id] }) });
      }
    }
    await Promise.race([pause(), end]);
  }
}

async function pause(): Promise<void> {
  await new Promise<void>((resolve) => setTimeout(resolve, LOOK_EVERY_MS).unref());
}
