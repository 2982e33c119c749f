import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';

/** What stands before several servers, as a load balancer does: each webhook goes to one that lives. */
export interface FrontDoor {
  /** Where GitHub sends its webhooks. */
  readonly url: string;
  /** From now on this server is sent webhooks. */
  admit(webhookUrl: string): void;
  /** From now on it is sent none. What it was sent already goes down with it. */
  dismiss(webhookUrl: string): void;
  close(): Promise<void>;
}

/** 503 while nobody lives, and 502 where one dies over its answer: nothing is sent twice, since it may have been taken. */
export async function openFrontDoor(): Promise<FrontDoor> {
  const targets: string[] = [];

  function take(incoming: IncomingMessage, outgoing: ServerResponse): void {
    const target = targets.shift();
    if (target === undefined) {
      outgoing.writeHead(503).end();
      return;
    }
    targets.push(target);
    const { method, headers } = incoming;
    const onward = request(target, { method, headers, agent: false }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
      answer.on('error', () => outgoing.destroy());
    });
    onward.on('error', () => {
      if (outgoing.headersSent) {
        outgoing.destroy();
      } else {
        outgoing.writeHead(502).end();
      }
    });
    incoming.pipe(onward);
  }

  function dismiss(webhookUrl: string): void {
    const place = targets.indexOf(webhookUrl);
    if (place !== -1) {
      targets.splice(place, 1);
    }
  }

  const server = createServer(take);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/`,
    admit: (webhookUrl) => void targets.push(webhookUrl),
    dismiss,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
