import { pullsUnheard } from '../histories/heard.ts';
import { type Violation, violationLine } from '../truth/violation.ts';
import { heardLate } from './last-words.ts';
import type { ReaperWord } from './reaper-order.ts';
import type { Mortal } from './schedule.ts';
import type { Siege } from './siege-parts.ts';

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
    /** Webhooks of these came when nobody took them. */
    readonly heardLate: number;
    /** Of those, the ones with a webhook of which GitHub never heard that it was taken. */
    readonly unheard: number;
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

export function resultOf(
  { options, cloud, play, census, chronicle, keepers, actions }: Siege,
  { untrue, rounds }: { untrue: readonly Violation[]; rounds: readonly ReaperWord[] },
): SiegeResult {
  const { seed, seconds } = options;
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
    pullRequests: {
      opened: play.cast.size,
      heardLate: heardLate(play).length,
      unheard: pullsUnheard(play.stage.cloud.github.deliveries).size,
    },
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

/** Tells what was untrue, and what led to it. */
export function tellResult({ options: { log }, cloud }: Siege, { untrue, timeline, again, seed }: SiegeResult): void {
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

/** `pr-7 cleared, pr-9 going`. */
export function tellRound(word: ReaperWord): string {
  if (word.kind === 'failed') {
    return word.message;
  }
  const reaped = word.reaped.map(({ name, outcome }) => `${name} ${outcome}`);
  return reaped.join(', ') || 'nothing is over';
}
