import { createEnvironmentsDoor } from '../api/environments-door.ts';
import { createApp } from '../github/app.ts';
import { createWebServer, type RequestHandler, type WebServer } from '../github/server.ts';
import { seeSource } from '../reconcile/database/source-sight.ts';
import { environmentViews } from '../reconcile/environment-view.ts';
import type { EnvironmentRecord } from '../reconcile/store.ts';
import { createFiguresMemory } from '../store/figures.ts';
import { createSourceStore } from '../store/sources.ts';
import { poolsNow } from './budgets.ts';
import type { Costs } from './costs.ts';
import { intakeOf } from './intake.ts';
import type { Connected, MayflyParts } from './parts.ts';

export const WEBHOOK_PATH = '/api/github/webhooks';

/** The web server of a process that takes webhooks; it does not listen yet. */
export async function createWeb(
  parts: MayflyParts,
  connected: Connected & { readonly costs: Costs | undefined },
): Promise<WebServer> {
  const { config, log } = parts;
  const { probot, octokits, identity, store, database } = connected;
  const memory = createFiguresMemory(database);
  const app = createApp({
    intake: intakeOf(parts, store),
    octokits,
    label: config.triggerLabel,
    allowedBots: config.allowedBots,
    ...identity,
  });
  const check = async () => await database.check();
  const figures = async () => await memory.read(await poolsNow(parts, { database }));
  const extraHandlers = environmentsDoorOf(parts, connected);
  return await createWebServer({ probot, app, path: WEBHOOK_PATH, log, check, figures, extraHandlers });
}

/** Without a token nobody may see them, and then the path is like any other that is none. */
function environmentsDoorOf(
  { config, platform, log }: MayflyParts,
  { store, database, costs }: Pick<Connected, 'store' | 'database'> & { readonly costs: Costs | undefined },
): RequestHandler[] {
  const { apiToken: token } = config;
  if (token === undefined) {
    return [];
  }
  const sources = createSourceStore(database);
  const ports = {
    store,
    costOf: async (record: EnvironmentRecord) => await costs?.meter.last(record),
    sourceOf: async (identifier: string) => await seeSource(identifier, { sources, platform }),
  };
  return [createEnvironmentsDoor({ token, log, read: async () => await environmentViews(ports) })];
}
