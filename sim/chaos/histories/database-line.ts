import { createServer, type Server, Socket } from 'node:net';

/**
 * A line between Mayfly and its Postgres that can be cut, and that can be dead for a while: to who is at the end of it, a
 * server that was restarted, or that is down.
 */
export interface DatabaseLine {
  /** The database's URL at this end. */
  readonly url: string;
  /** Ends every connection in the middle of what it says. New ones are taken. */
  cut(): void;
  /** Ends every connection and refuses new ones. */
  down(): Promise<void>;
  up(): Promise<void>;
  close(): Promise<void>;
}

export async function openDatabaseLine(databaseUrl: string): Promise<DatabaseLine> {
  const far = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  let server: Server | undefined;

  function connect(near: Socket): void {
    const on = new Socket().connect(Number(far.port), far.hostname);
    for (const [one, other] of [
      [near, on],
      [on, near],
    ] as const) {
      sockets.add(one);
      one.pipe(other);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        sockets.delete(one);
        other.destroy();
      });
    }
  }

  function cut(): void {
    for (const socket of sockets) {
      socket.destroy();
    }
  }

  async function listen(port: number): Promise<number> {
    const listening = createServer(connect);
    await new Promise<void>((resolve, reject) => {
      listening.once('error', reject);
      listening.listen(port, '127.0.0.1', resolve);
    });
    server = listening;
    const address = listening.address();
    return typeof address === 'object' && address ? address.port : port;
  }

  async function down(): Promise<void> {
    const listening = server;
    server = undefined;
    const closed = listening && new Promise((resolve) => listening.close(resolve));
    cut();
    await closed;
  }

  const port = await listen(0);
  const near = new URL(databaseUrl);
  near.port = String(port);
  return {
    url: near.href,
    cut,
    down,
    async up() {
      if (!server) {
        await listen(port);
      }
    },
    close: down,
  };
}
