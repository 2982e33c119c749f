import type { PostgresServer } from '../../postgres/embedded-postgres.ts';
import { type ChaosCloud, MOST_AT_ONCE, startChaosCloud } from '../chaos-cloud.ts';
import type { Life, Mission } from '../rounds/mission.ts';
import { type Finding, playRound, type RoundResult } from '../rounds/round.ts';
import { roundsOf } from './lives.ts';

export interface CampaignParts {
  readonly postgres: PostgresServer;
  readonly log: (line: string) => void;
  readonly signal: AbortSignal;
}

export interface CampaignResult {
  /** Missions whose moment came. */
  readonly covered: readonly string[];
  readonly uncovered: readonly string[];
  readonly findings: readonly Finding[];
}

/**
 * What was not reached is tried again with fewer at a time on a slower clock: there fewer looks at what is on its way are
 * out, since the machine has time for all. Then on a faster one, for a request that Mayfly makes only when it looks a little
 * late. At last where AWS takes four times as long, for a third look at what may be gone at the second.
 */
const TIERS = [
  { atOnce: MOST_AT_ONCE, speed: 30, slowness: 1, clouds: 2 },
  { atOnce: 4, speed: 30, slowness: 1, clouds: 2 },
  { atOnce: 1, speed: 30, slowness: 1, clouds: 2 },
  { atOnce: 1, speed: 15, slowness: 1, clouds: 2 },
  { atOnce: 1, speed: 60, slowness: 1, clouds: 2 },
  { atOnce: 1, speed: 30, slowness: 4, clouds: 2 },
];

/** GitHub counts its hourly limit by real hours, and a campaign plays days in one: another cloud is another installation. */
const ROUNDS_A_CLOUD = 10;

/** Plays all missions. Nobody's findings end it but the signal does. */
export async function playCampaign(missions: readonly Mission[], parts: CampaignParts): Promise<CampaignResult> {
  const covered: string[] = [];
  const findings: Finding[] = [];
  let left = [...missions];
  for (const [tier, { atOnce, ...pace }] of TIERS.entries()) {
    const now = left.filter(({ isAlone }) => !isAlone || atOnce === 1);
    const later = left.filter((mission) => !now.includes(mission));
    const rounds = roundsOf(now, atOnce);
    const missed: Mission[] = [];
    let done = 0;
    await playRounds({ rounds, tier, ...pace }, parts, (result) => {
      done += 1;
      covered.push(...result.debriefings.filter(({ reached }) => reached).map(({ mission }) => mission.id));
      findings.push(...result.findings);
      result.findings.forEach(({ what, missions }) => parts.log(`  ${what} (${missions.join(', ')})`));
      parts.log(`tier ${tier + 1}: round ${done} of ${rounds.length}, ${covered.length} of ${missions.length} struck`);
    });
    const seen = new Set(covered);
    missed.push(...now.filter(({ id }) => !seen.has(id)));
    left = [...later, ...missed];
    if (left.length === 0 || parts.signal.aborted) {
      break;
    }
  }
  return { covered, uncovered: left.map(({ id }) => id), findings };
}

interface Rounds {
  readonly rounds: readonly (readonly Life[])[];
  readonly speed: number;
  readonly slowness: number;
  readonly clouds: number;
  readonly tier: number;
}

/** Several clouds at once take rounds from one list: while one waits for a server to start, another has the cores. */
async function playRounds(
  { rounds, speed, slowness, clouds, tier }: Rounds,
  parts: CampaignParts,
  told: (result: RoundResult) => void,
): Promise<void> {
  const waiting = [...rounds.entries()];

  async function work(): Promise<void> {
    let cloud: ChaosCloud | undefined;
    let played = 0;
    try {
      for (let next = waiting.shift(); next && !parts.signal.aborted; next = waiting.shift()) {
        const [index, lives] = next;
        cloud ??= await startChaosCloud({ databaseUrl: await parts.postgres.createDatabase(), speed, slowness });
        const result = await playRound(cloud, { name: `chaos-${tier}-${index}`, lives });
        told(result);
        played += 1;
        if (!result.isSound || played === ROUNDS_A_CLOUD) {
          await cloud.stop();
          cloud = undefined;
          played = 0;
        }
      }
    } finally {
      await cloud?.stop();
    }
  }

  const ends = await Promise.allSettled(Array.from({ length: Math.min(clouds, rounds.length) }, work));
  for (const end of ends) {
    if (end.status === 'rejected') {
      throw end.reason;
    }
  }
}
