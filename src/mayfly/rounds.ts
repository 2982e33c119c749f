import type { Logger } from 'pino';
import { createDeliveryLog } from '../github/delivery-log.ts';
import { createForge } from '../github/forge.ts';
import { createDiscovery } from '../reconcile/discovery.ts';
import { redeliverLost } from '../reconcile/redelivery.ts';
import { createRounds, type RoundOutcome, type Rounds } from '../reconcile/rounds.ts';
import { createRoundMemory } from '../store/rounds.ts';
import { intakeOf } from './intake.ts';
import type { Connected, MayflyParts } from './parts.ts';
import { rosterOf } from './roster.ts';

/** What keeps Mayfly and GitHub of one mind where webhooks were lost. */
export function roundsOf(parts: MayflyParts, { probot, octokits, identity, store, database }: Connected): Rounds {
  const { config, clock, log } = parts;
  const { triggerLabel: label } = config;
  const memory = createRoundMemory(database);
  const deliveries = createDeliveryLog(probot);
  const { discover } = createDiscovery({
    store,
    forge: createForge(octokits, config),
    roster: rosterOf(config, { probot, octokits, identity }),
    intake: intakeOf(parts, store),
    label,
  });
  return createRounds({
    memory,
    clock,
    redeliver: async (now, signal) => await redeliverLost({ log: deliveries, memory, now }, signal),
    discover,
    tell: (outcome) => logRound(outcome, log),
  });
}

/** A round that found all as it should be is no news. */
function logRound(outcome: RoundOutcome, log: Logger): void {
  if (outcome.kind === 'failed') {
    log.warn({ err: outcome.error }, 'a round through GitHub was cut short, and begins anew with the next');
    return;
  }
  const { found, refused, asked, givenUp, unseen } = outcome;
  if (found.length > 0) {
    log.warn({ found }, 'labelled pull requests were found that no webhook had told of');
  }
  if (asked > 0) {
    log.warn({ asked }, 'webhooks that had not arrived were asked for again');
  }
  if (givenUp > 0) {
    log.error({ givenUp }, 'webhooks do not arrive although they were asked for again and again');
  }
  for (const { where, error } of unseen) {
    log.warn({ err: error, where }, 'a part of GitHub was not seen in this round');
  }
  log.debug({ refused }, 'a round through GitHub was made');
}
