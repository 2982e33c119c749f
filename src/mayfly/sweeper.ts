import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { createForge } from '../github/forge.ts';
import { createEstateReader } from '../provision/aws/estate/estate.ts';
import { estateScopeOf } from '../provision/aws/estate/scope.ts';
import { createProvisioners } from '../provision/aws/provisioners.ts';
import { type SweepReport, sweep } from '../reconcile/orphans/sweep.ts';
import { createSweeper, installationSeeing, type Sweeper } from '../reconcile/orphans/sweeper.ts';
import { createSweepMarks } from '../store/sweep-marks.ts';
import type { Connected, MayflyParts } from './parts.ts';
import { rosterOf } from './roster.ts';

/** What finds in the account what no record and no pull request keeps. */
export function sweeperOf(parts: MayflyParts, { probot, octokits, identity, store, database }: Connected): Sweeper {
  const { clients, clock, config, fetch, log, platform, adapt = (same) => same } = parts;
  const { triggerLabel: label } = config;
  const { environmentPrefixes } = platform;
  const marks = createSweepMarks(database);
  const roster = rosterOf(config, { probot, octokits, identity });
  const pause = async (seconds: number) => await sleep(clock.wallMilliseconds(seconds));
  const ports = {
    estate: createEstateReader({ clients, scope: estateScopeOf(platform), environmentPrefixes, pause }),
    store,
    marks,
    forge: createForge(octokits),
    installationOf: async (repository: string) => await installationSeeing(roster, repository),
    provisioners: adapt(createProvisioners({ clients, fetch, clock })),
    clock,
    onUnexpected: (where: string, error: unknown) => log.warn({ err: error, where }, 'the sweep met an error'),
  };
  const { mode, graceSeconds } = config.sweep;
  const settings = { environmentPrefixes, label, graceSeconds, dryRun: mode === 'dry-run' };
  return createSweeper({
    marks,
    clock,
    sweep: async (signal) => await sweep(ports, { settings, signal }),
    tell: (outcome) => logSweep(outcome, log),
  });
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
  const { seen, dryRun, environments } = outcome;
  log.info({ seen, dryRun, environments }, 'the sweep looked at everything in the account');
}
