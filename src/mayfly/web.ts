import { createApp } from '../github/app.ts';
import { createWebServer, type WebServer } from '../github/server.ts';
import { intakeOf } from './intake.ts';
import type { Connected, MayflyParts } from './parts.ts';

export const WEBHOOK_PATH = '/api/github/webhooks';

/** The web server of a process that takes webhooks; it does not listen yet. */
export async function createWeb(
  parts: MayflyParts,
  { probot, octokits, identity, store, database }: Connected,
): Promise<WebServer> {
  const { config, log } = parts;
  const app = createApp({
    intake: intakeOf(parts, store),
    octokits,
    label: config.triggerLabel,
    allowedBots: config.allowedBots,
    ...identity,
  });
  const check = async () => await database.check();
  return await createWebServer({ probot, app, path: WEBHOOK_PATH, log, check });
}
