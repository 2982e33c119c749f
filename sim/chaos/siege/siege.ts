import { setTimeout as sleep } from 'node:timers/promises';
import { watchExpiries } from '../histories/expiry-watch.ts';
import { closeAll, lookAtExpiries } from '../histories/perform.ts';
import { playOnPull } from '../histories/play.ts';
import { settle } from '../histories/settle.ts';
import { tellStep } from '../histories/step.ts';
import { type Violation, violation } from '../truth/violation.ts';
import { type Census, takeCensus } from './census.ts';
import { beginChronicle, type Chronicle } from './chronicle.ts';
import { keep } from './keeper.ts';
import { haveLastWords, heardLate } from './last-words.ts';
import type { ReaperWord } from './reaper-order.ts';
import { resultOf, type SiegeResult, tellResult, tellRound } from './report.ts';
import { drawSiege, type Happening, MORTALS, type Mortal } from './schedule.ts';
import { type SiegeCloud, startSiegeCloud } from './siege-cloud.ts';
import type { Siege, SiegeOptions } from './siege-parts.ts';

/** At a speed of 60 this is five hours: the sweep waits for half an hour before it takes what nothing keeps. */
const MOST_LOOKS = 900;

/**
 * Two servers and a reaper on one database and one AWS, killed at random for some time while people do what they do; then
 * nobody dies any more, the world settles, and it is said what is untrue of it. A seed gives the same happenings and not
 * the same instants, since everything that they meet is real.
 */
export async function laySiege(options: SiegeOptions): Promise<SiegeResult> {
  const { postgres, seconds, seed, log } = options;
  const rounds: ReaperWord[] = [];
  let chronicle: Chronicle | undefined;
  const cloud = await startSiegeCloud({
    databaseUrl: await postgres.createDatabase(),
    heard(word) {
      rounds.push(word);
      chronicle?.tell(`reaper: ${tellRound(word)}`);
    },
  });
  try {
    const begun = beginChronicle(cloud.scene.cloud.clock.now);
    chronicle = begun;
    const keeperOf = (mortal: Mortal) => keep(cloud.besieged[mortal], (line) => begun.tell(`${mortal} ${line}`));
    const siege: Siege = {
      options,
      cloud,
      play: { stage: cloud.scene, cast: new Map(), troubledWebhooks: 0 },
      census: takeCensus(cloud.scene),
      chronicle: begun,
      keepers: { 'server 1': keeperOf('server 1'), 'server 2': keeperOf('server 2'), reaper: keeperOf('reaper') },
      actions: {},
    };
    log(`siege: ${seconds} s, seed ${seed}`);
    const untrue = await besiege(siege);
    const result = resultOf(siege, { untrue, rounds });
    tellResult(siege, result);
    return result;
  } finally {
    await cloud.stop();
  }
}

async function besiege(siege: Siege): Promise<readonly Violation[]> {
  const { play, census, chronicle } = siege;
  const expiries = watchExpiries();
  const isOver = new AbortController();
  const counting = count(census, isOver.signal);
  try {
    const fallen = await assault(siege, async () => await lookAtExpiries(play, expiries));
    chronicle.tell('nobody dies any more');
    return [...fallen, ...(await judgeInTurn(siege)), ...expiries.seen];
  } finally {
    isOver.abort();
    await counting;
  }
}

/** Simulated: what was sent when somebody died last has been answered, or never is. */
const QUIET_SECONDS = 600;

/** As it is; when those have spoken again who were heard late; and when everybody has closed. The first untruth ends it. */
async function judgeInTurn({ options, play, chronicle }: Siege): Promise<readonly Violation[]> {
  const { clock, github } = play.stage.cloud;
  await Promise.race([github.settled(), clock.sleep(QUIET_SECONDS)]);
  const late = heardLate(play);
  for (const role of late) {
    role.unsure = true;
  }
  const acts: readonly (readonly [string, () => Promise<void> | void])[] = [
    ['the world settles', () => undefined],
    ['whoever was heard late speaks again', async () => await haveLastWords(play, late)],
    ['everybody closes what is open', () => closeAll(play)],
  ];
  for (const [what, act] of acts) {
    if (options.signal.aborted) {
      return [];
    }
    chronicle.tell(what);
    options.log(`siege: ${what}`);
    await act();
    const untrue = await settle(play, 0, MOST_LOOKS);
    if (untrue.length > 0) {
      return untrue;
    }
  }
  return [];
}

/** Has everything happen in its time; what comes late, as on a busy machine, comes all the same. Ends with everybody up. */
async function assault(siege: Siege, look: () => Promise<void>): Promise<readonly Violation[]> {
  const { options, cloud, keepers } = siege;
  const beganAt = performance.now();
  const untrue: Violation[] = [];
  for (const happening of drawSiege(options)) {
    await sleep(Math.max(0, beganAt + happening.at * 1000 - performance.now()));
    if (options.signal.aborted) {
      break;
    }
    untrue.push(...(await befall(siege, happening)));
    await look();
  }
  await sleep(Math.max(0, beganAt + options.seconds * 1000 - performance.now()));
  for (const mortal of MORTALS) {
    await keepers[mortal].isUp().catch((error: unknown) => {
      untrue.push(violation(0, mortal, `it cannot be started any more: ${String(error)}`));
    });
    untrue.push(...fallen(cloud, mortal));
  }
  return untrue;
}

async function befall({ cloud, play, chronicle, keepers, actions }: Siege, happening: Happening): Promise<Violation[]> {
  if (happening.kind === 'death') {
    const found = fallen(cloud, happening.of);
    keepers[happening.of].kill(happening.deadSeconds);
    return found;
  }
  const { step } = happening;
  chronicle.tell(tellStep(step));
  actions[step.do] = (actions[step.do] ?? 0) + 1;
  await playOnPull(play, step);
  return [];
}

function fallen({ besieged }: SiegeCloud, mortal: Mortal): Violation[] {
  return besieged[mortal].hasFallen() ? [violation(0, mortal, 'it ended, and nobody had killed it')] : [];
}

const COUNT_MS = 100;

async function count(census: Census, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    census.look();
    await sleep(COUNT_MS);
  }
  census.look();
}
