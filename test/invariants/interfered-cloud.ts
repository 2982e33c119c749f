import { afterAll, beforeAll } from '@jest/globals';
import { type LocalCloud, startLocalCloud } from '../contract/local-cloud.ts';
import { type InterferedClients, interferedClients } from './interfered-clients.ts';

export interface InterferedCloud {
  /** Throws before the first test runs, as `interfered` does. */
  readonly cloud: LocalCloud;
  readonly interfered: InterferedClients;
}

/** One local AWS for all tests of a file, and clients of it whose calls can be met by errors. */
export function useInterferedCloud(): InterferedCloud {
  let up: InterferedCloud | undefined;

  function now(): InterferedCloud {
    if (!up) {
      throw new Error('the local cloud is not up');
    }
    return up;
  }

  beforeAll(async () => {
    const cloud = await startLocalCloud();
    up = { cloud, interfered: interferedClients(cloud.mayflyClients) };
  }, 60_000);
  afterAll(async () => {
    await up?.cloud.close();
  });

  return {
    get cloud() {
      return now().cloud;
    },
    get interfered() {
      return now().interfered;
    },
  };
}
