import { setTimeout as sleep } from 'node:timers/promises';
import type { PostgresServer } from '../../postgres/embedded-postgres.ts';
import { watchExpiries } from '../histories/expiry-watch.ts';
import { pullsHeardLate } from '../histories/heard.ts';
import { closeAll, lookAtExpiries } from '../histories/perform.ts';
import { type Play, playOnPull } from '../histories/play.ts';
import { settle } from '../histories/settle.ts';
import { tellStep } from '../histories/step.ts';
import { type Violation, violation, violationLine } from '../truth/violation.ts';
import { type Census, takeCensus } from './census.ts';
import { beginChronicle, type Chronicle } from './chronicle.ts';
import { type Keeper, keep } from './keeper.ts';
import type { ReaperWord } from './reaper-order.ts';
import { drawSiege, type Happening, MORTALS, type Mortal } from './schedule.ts';
import { type SiegeCloud, startSiegeCloud } from './siege-cloud.ts';

export interface SiegeOptions {
  /** Real seconds for which anybody dies at any time. */
  readonly seconds: number;
  readonly seed: number;
  readonly postgres: PostgresServer;
  /** Told a line at a time. */
  readonly log: (line: string) => void;
  /** Ends it as soon as may be, with what was untrue until then. */
  readonly signal: AbortSignal;
}

/** What a siege came to, as JSON. */
export interface SiegeResult {
  readonly seed: number;
  readonly seconds: number;
  readonly violations: number;
  readonly kills: Readonly<Record<Mortal, number>>;
  /** How often each kind of thing was done to pull requests. */
  readonly actions: Readonly<Record<string, number>>;
  readonly pullRequests: {
    readonly opened: number;
    /** Nobody can tell what is owed to the others before they are closed: a webhook of theirs came when nobody took it. */
    readonly heardAtOnce: number;
  };
  readonly environments: { readonly made: number; readonly removed: number };
  readonly reaper: {
    readonly rounds: number;
    /** Rounds that AWS or the network cut short; the next one begins from the top. */
    readonly cutShort: number;
    /** Environments whose time was over and that it took, or helped to. */
    readonly took: number;
    /** Changes that it asked AWS for. */
    readonly changes: number;
  };
  readonly untrue: readonly string[];
  /** What happened, of a siege after which something was untrue. */
  readonly timeline: readonly string[];
  /** The command that lays it again. */
  readonly again: string;
}

interface Siege {
  readonly options: SiegeOptions;
  readonly cloud: SiegeCloud;
  readonly play: Play;
  readonly census: Census;
  readonly chronicle: Chronicle;
  readonly keepers: Readonly<Record<Mortal, Keeper>>;
  readonly actions: Record<string, number>;
}

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
    tell(siege, result);
    return result;
  } finally {
    await cloud.stop();
  }
}

async function besiege(siege: Siege): Promise<readonly Violation[]> {
  const { options, cloud, play, census, chronicle } = siege;
  const expiries = watchExpiries();
  const isOver = new AbortController();
  const counting = count(census, isOver.signal);
  try {
    const fallen = await assault(siege, async () => await lookAtExpiries(play, expiries));
    chronicle.tell('nobody dies any more');
    options.log(`siege: nobody dies any more, and the world settles`);
    await play.stage.cloud.github.settled();
    for (const number of pullsHeardLate(play.stage.cloud.github.deliveries)) {
      [...play.cast.values()].filter((role) => role.number === number).forEach((role) => (role.unsure = true));
    }
    const settled = options.signal.aborted ? [] : await settle(play, 0, MOST_LOOKS);
    const untrue = [...settled, ...expiries.seen, ...fallen, ...cloud.reaperWatch.seen];
    if (untrue.length > 0 || options.signal.aborted) {
      return untrue;
    }
    chronicle.tell('everybody closes what is open');
    options.log(`siege: all was true; everybody closes what is open`);
    closeAll(play);
    return [...(await settle(play, 0, MOST_LOOKS)), ...cloud.reaperWatch.seen];
  } finally {
    isOver.abort();
    await counting;
  }
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

function tellRound(word: ReaperWord): string {
  if (word.kind === 'failed') {
    return word.message;
  }
  const reaped = word.reaped.map(({ name, outcome }) => `${name} ${outcome}`);
  return reaped.join(', ') || 'nothing is over';
}

function resultOf(
  { options, cloud, play, census, chronicle, keepers, actions }: Siege,
  { untrue, rounds }: { untrue: readonly Violation[]; rounds: readonly ReaperWord[] },
): SiegeResult {
  const { seed, seconds } = options;
  const roles = [...play.cast.values()];
  const reaped = rounds.flatMap((word) => (word.kind === 'round' ? word.reaped : []));
  const taken = reaped.filter(({ outcome }) => outcome === 'cleared' || outcome === 'going');
  return {
    seed,
    seconds,
    violations: untrue.length,
    kills: {
      'server 1': keepers['server 1'].kills,
      'server 2': keepers['server 2'].kills,
      reaper: keepers.reaper.kills,
    },
    actions,
    pullRequests: { opened: roles.length, heardAtOnce: roles.filter(({ unsure }) => !unsure).length },
    environments: { made: census.made, removed: census.removed },
    reaper: {
      rounds: rounds.filter(({ kind }) => kind === 'round').length,
      cutShort: rounds.filter(({ kind }) => kind === 'failed').length,
      took: new Set(taken.map(({ name, expiresAt }) => `${name} ${expiresAt}`)).size,
      changes: cloud.reaperWatch.changes,
    },
    untrue: untrue.map(violationLine),
    timeline: untrue.length > 0 ? chronicle.lines : [],
    again: `npm run chaos -- --siege ${seconds} --seed ${seed}`,
  };
}

const LAST_WORDS = 4000;

function tell({ options: { log }, cloud }: Siege, { untrue, timeline, again, seed }: SiegeResult): void {
  if (untrue.length === 0) {
    return;
  }
  const said = cloud.scene.log.map((text) => text.slice(-LAST_WORDS)).filter((text) => text !== '');
  const lines = [
    `the siege of seed ${seed} ends with ${untrue.length} untrue:`,
    ...untrue.map((line) => `  ${line}`),
    'what happened, by the real and the simulated clock:',
    ...timeline.map((line) => `  ${line}`),
    ...said.map((text) => `what a process wrote at last:\n${text}`),
    `again: ${again}`,
  ];
  lines.forEach(log);
}
