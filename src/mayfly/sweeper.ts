import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Config } from '../config/process.ts';
import { createForge } from '../github/forge.ts';
import { createEstateReader } from '../provision/aws/estate/estate.ts';
import { estateScopeOf } from '../provision/aws/estate/scope.ts';
import { type ReleasedCondemned, releaseCondemned } from '../reconcile/orphans/release-condemned.ts';
import { type SweepReport, sweep } from '../reconcile/orphans/sweep.ts';
import { createSweeper, installationSeeing, type Sweeper } from '../reconcile/orphans/sweeper.ts';
import { createFiguresMemory } from '../store/figures.ts';
import { createSweepMarks } from '../store/sweep-marks.ts';
import { budgetsOf, poolsNow } from './budgets.ts';
import type { Connected, MayflyParts } from './parts.ts';
import { provisionersOf } from './provisioners.ts';
import { rosterOf } from './roster.ts';

/** What finds in the account what no record and no pull request keeps. */
export function sweeperOf(parts: MayflyParts, connected: Connected): Sweeper {
  const { clients, clock, config, log, platform } = parts;
  const { environmentPrefixes } = platform;
  const pause = async (seconds: number) => await sleep(clock.wallMilliseconds(seconds));
  const ports = {
    ...portsOf(parts, connected),
    estate: createEstateReader({ clients, scope: estateScopeOf(platform), environmentPrefixes, pause }),
  };
  const settings = { ...settingsOf(config), environmentPrefixes, dryRun: config.sweep.mode === 'dry-run' };
  const memory = createFiguresMemory(connected.database);
  const budgets = budgetsOf(parts, connected);

  /** Nobody may be admitted for days, and then nobody else asks how full the pools are. */
  async function noteFigures({ seen, dryRun, found, condemned, deleted }: SweepReport): Promise<void> {
    await memory.noteSweep({ at: clock.now(), dryRun, environments: seen, found, condemned, deleted });
    try {
      await budgets.read(await poolsNow(parts, connected));
    } catch (error) {
      ports.onUnexpected('reading the budgets', error);
    }
  }

  return createSweeper({
    marks: ports.marks,
    clock,
    async sweep(signal) {
      const report = await sweep(ports, { settings, signal });
      await noteFigures(report);
      return report;
    },
    tell: (outcome) => logSweep(outcome, log),
  });
}

/**
 * What an environment's turn begins with: one step of the way out of what the sweep gave over to it. Never keeps the pass
 * after it from running.
 */
export function condemnedOf(
  parts: MayflyParts,
  connected: Connected,
): (environmentId: string, signal: AbortSignal) => Promise<void> {
  const { config, log } = parts;
  const ports = { ...portsOf(parts, connected), provisioners: provisionersOf(parts) };
  const settings = settingsOf(config);
  return async (environmentId, signal) => {
    if (config.sweep.mode !== 'on') {
      return;
    }
    try {
      const released = await releaseCondemned(environmentId, { ports, settings, signal });
      if (released) {
        logReleased(released, log);
      }
    } catch (error) {
      ports.onUnexpected(`removing what nothing keeps of ${environmentId}`, error);
    }
  };
}

function portsOf({ clock, config, log }: MayflyParts, { probot, octokits, identity, store, database }: Connected) {
  const roster = rosterOf(config, { probot, octokits, identity });
  return {
    store,
    marks: createSweepMarks(database),
    forge: createForge(octokits, config),
    roster,
    installationOf: async (repository: string) => await installationSeeing(roster, repository),
    clock,
    onUnexpected: (where: string, error: unknown) => log.warn({ err: error, where }, 'the sweep met an error'),
  };
}

function settingsOf({ triggerLabel: label, sweep: { graceSeconds } }: Config) {
  return { label, graceSeconds };
}

function logReleased(released: ReleasedCondemned, log: Logger): void {
  if (released.failed.length > 0) {
    log.warn(released, 'what nothing keeps could not be removed whole');
  } else {
    log.info(released, 'what nothing keeps is on its way out');
  }
}

/** A leak is told once, and loudly: something went wrong before it. */
function logSweep(outcome: SweepReport | { readonly error: unknown }, log: Logger): void {
  if ('error' in outcome) {
    log.warn({ err: outcome.error }, 'a look of the sweep was cut short, and begins anew with the next');
    return;
  }
  for (const environment of outcome.environments.filter(({ isNews }) => isNews)) {
    log.error({ environment, dryRun: outcome.dryRun }, 'a leak was found');
  }
  log.info(outcome, 'the sweep looked at everything in the account');
}
