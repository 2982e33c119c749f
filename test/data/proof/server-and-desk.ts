import { afterAll, afterEach, beforeAll } from '@jest/globals';
import { type MariaDbServer, startMariaDb } from '../../../sim/mariadb/mariadb-server.ts';
import { type Desk, forget, openDesk } from './stranger.ts';

/** A server and a desk for all tests of a file; after each of them the server has no database of theirs. */
export function useServerAndDesk(): { readonly server: MariaDbServer; readonly desk: Desk } {
  let server: MariaDbServer;
  let desk: Desk;
  beforeAll(async () => {
    server = await startMariaDb();
    desk = await openDesk();
  }, 60_000);
  afterEach(async () => await forget(server));
  afterAll(async () => {
    await server.stop();
    await desk.close();
  });
  return {
    get server() {
      return server;
    },
    get desk() {
      return desk;
    },
  };
}
