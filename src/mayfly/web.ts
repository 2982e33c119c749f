import { createApp } from '../github/app.ts';
import { createWebServer, type WebServer } from '../github/server.ts';
import { createFiguresMemory } from '../store/figures.ts';
import { poolsNow } from './budgets.ts';
import { intakeOf } from './intake.ts';
import type { Connected, MayflyParts } from './parts.ts';

export const WEBHOOK_PATH = '/api/github/webhooks';

/** The web server of a process that takes webhooks; it does not listen yet. */
export async function createWeb(
  parts: MayflyParts,
  { probot, octokits, identity, store, database }: Connected,
): Promise<WebServer> {
  const { config, log } = parts;
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
  return await createWebServer({ probot, app, path: WEBHOOK_PATH, log, check, figures });
}
