import { connect, type Socket } from 'node:net';

/** A TCP connection to 127.0.0.1 that says what it is told to, and nothing by itself. */
export interface RawConnection {
  send(text: string): void;
  /** Resolves with everything received once that holds `text`; rejects if the connection closes without. */
  receives(text: string): Promise<string>;
  /** Resolves once the other side has closed. */
  readonly closed: Promise<void>;
}

export async function rawConnection(port: number): Promise<RawConnection> {
  const socket: Socket = connect(port, '127.0.0.1');
  let received = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => {
    received += chunk;
  });
  const closed = new Promise<void>((resolve) => {
    socket.once('close', () => resolve()).once('error', () => resolve());
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve).once('error', reject);
  });
  return {
    send: (text) => void socket.write(text),
    async receives(text) {
      await new Promise<void>((resolve, reject) => {
        const look = (): void => {
          if (received.includes(text)) {
            resolve();
          }
        };
        socket.on('data', look);
        look();
        closed.then(() => reject(new Error(`closed after: ${received}`)), reject);
      });
      return received;
    },
    closed,
  };
}
