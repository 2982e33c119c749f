import {
  type AutomaticMax,
  automaticMax,
  type Capacity,
  capacityAdvice,
  mayPause,
} from '../../domain/capacity-advice.ts';
import type { OutputsOf, SpecOf } from '../../domain/resource.ts';
import type { ResourceRecord } from '../store.ts';
import type { SaidCost, UseSample } from './cost-memory.ts';

/** What was advised is said for a day, whatever the hours since would have: nobody changes settings by the hour. */
const ADVISED_MS = 86_400_000;

/** Between what an automatic maximum may move, and where it begins. */
export interface AutomaticBounds {
  readonly least: number;
  readonly most: number;
  readonly start: number;
}

export interface Advising {
  readonly rows: readonly ResourceRecord[];
  readonly uses: readonly UseSample[];
  /** Null where the blueprint sets a maximum itself; undefined where nobody could read it. */
  readonly bounds: AutomaticBounds | null | undefined;
  readonly now: Date;
}

/** What is said of the clone's settings from now on. */
export function advisedAfter(before: SaidCost | null, advising: Advising): Pick<SaidCost, 'advised' | 'automatic'> {
  const automatic = automaticAfter(before?.automatic, advising);
  // Settings that follow the use by themselves need no advice.
  const advised = automatic ? undefined : adviceAfter(before?.advised, advising);
  return { ...(advised && { advised }), ...(automatic && { automatic }) };
}

function adviceAfter(before: SaidCost['advised'], { rows, uses, now }: Advising): SaidCost['advised'] {
  const clone = cloneIn(rows);
  if (!clone) {
    return undefined;
  }
  const { settings, version } = clone;
  const stands = before && before.settings.min === settings.min && before.settings.max === settings.max;
  if (stands && now.getTime() - before.at.getTime() < ADVISED_MS) {
    return before;
  }
  const advice = capacityAdvice(uses, settings, { mayPause: mayPause(version) });
  return advice || stands ? { at: now, settings, advice: advice ?? null } : undefined;
}

/** What runs of a clone, by the ledger. */
function cloneIn(rows: readonly ResourceRecord[]): { settings: Capacity; version: string } | undefined {
  const row = rows.find(({ kind, readyAt, goneAt }) => kind === 'clone-cluster' && readyAt && !goneAt);
  const capacity = (row?.spec as SpecOf<'clone-cluster'> | null | undefined)?.capacity;
  const outputs = row?.outputs as Partial<OutputsOf<'clone-cluster'>> | null | undefined;
  return capacity && { settings: { min: capacity.min, max: capacity.max }, version: outputs?.engineVersion ?? '' };
}

function automaticAfter(before: AutomaticMax | undefined, { uses, bounds, now }: Advising): AutomaticMax | undefined {
  if (!bounds) {
    return bounds === undefined ? before : undefined;
  }
  const { start, least, most } = bounds;
  return automaticMax(uses, before ?? { max: start, changedAt: now }, { now, least, most });
}
