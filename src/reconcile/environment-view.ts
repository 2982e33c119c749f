import { adviceReason, type Capacity } from '../domain/capacity-advice.ts';
import type { CostPartName } from '../domain/cost.ts';
import type { MoneyRange } from '../domain/money.ts';
import type { Phase } from '../domain/phase.ts';
import type { SpecOf } from '../domain/resource.ts';
import type { CostReport } from './cost/cost-report.ts';
import type { SourceSight } from './database/source-sight.ts';
import { recordedPhase } from './status.ts';
import type { EnvironmentRecord, ResourceRecord, Store } from './store.ts';

/** In units of the currency. */
interface AmountView {
  readonly low: number;
  readonly high: number;
}

/**
 * One environment as programs are shown it. Of what people wrote (titles, branches, blueprints, what failed in a
 * service's own words) nothing stands in it, but where it is of and who asked for it.
 */
export interface EnvironmentView {
  readonly name: string;
  /** `owner/name`. */
  readonly repository: string;
  readonly pullRequest: number;
  /** The login of who asked for it. */
  readonly owner: string;
  readonly phase: Phase;
  readonly headSha: string;
  readonly servedSha: string | null;
  readonly createdAt: Date;
  readonly readyAt: Date | null;
  /** Null until it has its slot: its time begins then. */
  readonly expiresAt: Date | null;
  /** What its clone is made of; null where none was asked for. */
  readonly source: SourceSight | null;
  /** The settings of its clone, in Aurora capacity units; null where none was asked for. */
  readonly capacity: Capacity | null;
  /** Null where no price is known, or nothing was looked at yet. */
  readonly cost: {
    readonly currency: string;
    readonly perDay: AmountView;
    readonly spent: AmountView;
    readonly byExpiry: AmountView;
    /** Whether the use of the clone was measured, or only its settings are known. */
    readonly measured: boolean;
    /** Null where no price is known: then it is not counted. */
    readonly parts: readonly { readonly name: CostPartName; readonly perDay: AmountView | null }[];
    readonly sources: readonly string[];
  } | null;
  /** The settings that would have been enough, for how many hours of use, and why; null where those of now are, or too little is known. */
  readonly advice:
    | (Capacity & { readonly hours: number; readonly insteadOf: Capacity; readonly because: string })
    | null;
  /** To the hour: since when nobody is connected to its clone, and since when it is asked for next to nothing. */
  readonly idleSince: Date | null;
  readonly nearlyIdleSince: Date | null;
}

export interface EnvironmentViewPorts {
  readonly store: Pick<Store, 'liveEnvironments' | 'resources'>;
  /** As far as the last look found it; undefined where nothing is known. */
  costOf(record: EnvironmentRecord): Promise<CostReport | undefined>;
  sourceOf(identifier: string): Promise<SourceSight>;
}

/** All that are not gone, oldest first, from Mayfly's own records: neither AWS nor GitHub is asked. */
export async function environmentViews(ports: EnvironmentViewPorts): Promise<readonly EnvironmentView[]> {
  const views: EnvironmentView[] = [];
  // A passport is half a megabyte, and most environments are clones of one source.
  const sights = new Map<string, Promise<SourceSight>>();
  const sourceOf = async (identifier: string): Promise<SourceSight> => {
    const sight = sights.get(identifier) ?? ports.sourceOf(identifier);
    sights.set(identifier, sight);
    return await sight;
  };
  // One after the other: there are as many as the platform takes and who waits, and the database has other work.
  for (const record of await ports.store.liveEnvironments()) {
    views.push(await viewOf(record, { ...ports, sourceOf }));
  }
  return views;
}

async function viewOf(record: EnvironmentRecord, ports: EnvironmentViewPorts): Promise<EnvironmentView> {
  const { identity, intent, life } = record;
  const clone = newestClone(await ports.store.resources(identity.id, life));
  const cost = await ports.costOf(record);
  return {
    name: identity.name,
    repository: identity.pullRequest.repository,
    pullRequest: identity.pullRequest.number,
    owner: intent.owner,
    phase: recordedPhase(record),
    headSha: intent.headSha,
    servedSha: record.servedSha,
    createdAt: record.createdAt,
    readyAt: record.readyAt,
    expiresAt: record.admittedAt ? intent.expiresAt : null,
    source: clone?.sourceIdentifier === undefined ? null : await ports.sourceOf(clone.sourceIdentifier),
    capacity: clone?.capacity ? { min: clone.capacity.min, max: clone.capacity.max } : null,
    cost: cost ? costView(cost) : null,
    advice: cost ? adviceView(cost) : null,
    idleSince: cost?.idleSince ?? null,
    nearlyIdleSince: cost?.nearlyIdleSince ?? null,
  };
}

/** While one takes another's place there are two. The spec may be of another version of Mayfly. */
function newestClone(rows: readonly ResourceRecord[]): Partial<SpecOf<'clone-cluster'>> | undefined {
  const [row] = rows
    .filter(({ kind, state }) => kind === 'clone-cluster' && state !== 'gone')
    .toSorted((a, b) => b.askedAt.getTime() - a.askedAt.getTime());
  return (row?.spec ?? undefined) as Partial<SpecOf<'clone-cluster'>> | undefined;
}

function costView({
  currency,
  perDay,
  spent,
  byExpiry,
  measured,
  parts,
  sources,
}: CostReport): EnvironmentView['cost'] {
  return {
    currency,
    perDay: amount(perDay),
    spent: amount(spent),
    byExpiry: amount(byExpiry),
    measured,
    parts: parts.map((part) => ({ name: part.name, perDay: part.perDay && amount(part.perDay) })),
    sources,
  };
}

function adviceView({ advice }: CostReport): EnvironmentView['advice'] {
  if (!advice) {
    return null;
  }
  const { settings, enough } = advice;
  const { min, max, hours } = enough;
  return { min, max, hours, insteadOf: settings, because: adviceReason(settings, enough) };
}

function amount({ low, high }: MoneyRange): AmountView {
  return { low: low / 1_000_000, high: high / 1_000_000 };
}
