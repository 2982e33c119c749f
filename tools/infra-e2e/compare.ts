import { createAwsClients } from '../../src/provision/aws/clients.ts';
import type { Endpoint } from './census/listing.ts';
import type { Emulator } from './emulators.ts';
import type { LivedEnvironment } from './environment.ts';
import { liveOn, platformOf } from './mayfly-on.ts';
import { blueprintOfShape } from './shape.ts';
import { tryWorkspaces, type WorkspaceFigures } from './workspaces.ts';

/** One environment, a clone and two services, made by the workspaces' script and by Mayfly, one after the other. */
export interface Comparison {
  readonly workspaces: WorkspaceFigures;
  readonly mayfly: LivedEnvironment;
  /** The script's create beside Mayfly's label to ready, by the wall: how many times as long it took. */
  readonly timesAsLong: number;
}

/** The same environment by either, with nothing else going on. `env` is the script's. */
export async function compare({
  emulator,
  endpoint,
  env,
  say,
}: {
  emulator: Emulator;
  endpoint: Endpoint;
  env: NodeJS.ProcessEnv;
  say(line: string): void;
}): Promise<Comparison> {
  const clients = createAwsClients(endpoint);
  try {
    const platform = await platformOf(clients);
    const runsTasks = emulator.notObservable === undefined;
    const workspaces = await tryWorkspaces({ platform, clients, env, runsTasks, say });
    const mayfly = await liveOn(emulator, { blueprint: blueprintOfShape(), say });
    const timesAsLong = Math.round((workspaces.createSeconds / mayfly.readySeconds) * 100) / 100;
    return { workspaces, mayfly, timesAsLong };
  } finally {
    Object.values(clients).forEach((client) => client.destroy());
  }
}
