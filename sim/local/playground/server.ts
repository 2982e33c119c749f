import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import type { LocalCloud } from '../local-cloud.ts';
import { createApp } from './app.ts';
import { createPlayground } from './playground.ts';

export interface PlaygroundServer {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  /** Ends the streams of open pages too. The local cloud is the caller's to stop, afterwards. Safe to call twice. */
  close(): Promise<void>;
}

/** Serves the playground of a local cloud that has an AWS of its own. Port 0 takes any that is free; rejects when it is taken. */
export async function startPlaygroundServer(cloud: LocalCloud, port: number): Promise<PlaygroundServer> {
  const playground = createPlayground(cloud);
  const { promise: ended, resolve: end } = Promise.withResolvers<void>();
  const app = createApp(playground, ended);
  const listener = getRequestListener(app.fetch, { overrideGlobalObjects: false });
  const server = createServer((request, response) => {
    listener(request, response).catch(() => response.destroy());
  });
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', resolve);
    });
  } catch (error) {
    playground.sightings.stop();
    throw error;
  }
  const address = server.address();
  let closing: Promise<void> | undefined;

  async function close(): Promise<void> {
    end();
    playground.sightings.stop();
    await playground.mayfly.end();
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeAllConnections();
    await closed;
  }

  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : port}`,
    close: async () => await (closing ??= close()),
  };
}
