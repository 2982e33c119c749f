/** What AWS has only so much of for all environments together, and for whoever else uses it. */
export type BudgetKind = 'clones' | 'listener-rules' | 'target-groups' | 'listener-certificates';

/** Of the kinds, in a sentence: `25 certificates`. */
export const BUDGET_WORDS: Readonly<Record<BudgetKind, string>> = {
  clones: 'clones',
  'listener-rules': 'listener rules',
  'target-groups': 'target groups',
  'listener-certificates': 'certificates',
};

/** Of what: clones of one source cluster, and the rest of one load balancer. */
export interface BudgetPool {
  readonly kind: BudgetKind;
  /** The source's identifier, or the load balancer's ARN. */
  readonly of: string;
}

/** One thing out of a pool. `item` is how AWS shows it once it is there, so that what is promised and there counts once. */
export interface BudgetNeed extends BudgetPool {
  readonly item: string;
}

export interface BudgetReading extends BudgetPool {
  readonly limit: number;
  /** What AWS shows, whosever it is; a thing that is there twice stands twice. */
  readonly items: readonly string[];
}

/** A pool in which there is no room: `used` of `limit` are taken or promised, and `needed` more are asked for. */
export interface Shortage extends BudgetPool {
  readonly limit: number;
  readonly used: number;
  readonly needed: number;
}

/** Copy-on-write clones of one source and their clones; the next is silently a full copy (Aurora User Guide, cloning). */
export const CLONE_LIMIT = 15;
/** Not adjustable, unlike the other two (Quotas for your Application Load Balancers, Elastic Load Balancing). */
const TARGET_GROUPS = 100;

export function budgetLimits(adjusted: {
  listenerRules: number;
  listenerCertificates: number;
}): Readonly<Record<BudgetKind, number>> {
  return {
    clones: CLONE_LIMIT,
    'target-groups': TARGET_GROUPS,
    'listener-rules': adjusted.listenerRules,
    'listener-certificates': adjusted.listenerCertificates,
  };
}

/**
 * The first pool in which `needs` find no room beside what AWS shows and what is promised to others and not shown yet. In
 * their order; undefined when all fit. What is there already needs no room, however far a pool is over its limit.
 */
export function shortageOf(
  needs: readonly BudgetNeed[],
  { promised, readings }: { promised: readonly BudgetNeed[]; readings: readonly BudgetReading[] },
): Shortage | undefined {
  for (const { kind, of, limit, items } of readings) {
    const inPool = (wanted: readonly BudgetNeed[]) => itemsIn(wanted, { kind, of });
    const own = inPool(needs);
    const others = inPool(promised).filter((item) => !own.includes(item));
    const used =
      items.filter((item) => !own.includes(item)).length + others.filter((item) => !items.includes(item)).length;
    const isThere = own.every((item) => items.includes(item));
    if (!isThere && used + own.length > limit) {
      return { kind, of, limit, used, needed: own.length };
    }
  }
  return undefined;
}

/** Four fifths are taken: time for an operator to do something about it. */
export function isNearlyUsed({ limit, items }: Pick<BudgetReading, 'limit' | 'items'>): boolean {
  return items.length >= limit * 0.8;
}

/** What could not be had from an empty pool. */
export function excessOf(
  needs: readonly BudgetNeed[],
  limits: Readonly<Record<BudgetKind, number>>,
): Shortage | undefined {
  const empty = poolsOf(needs).map((pool): BudgetReading => ({ ...pool, limit: limits[pool.kind], items: [] }));
  return shortageOf(needs, { promised: [], readings: empty });
}

export function poolsOf(needs: readonly BudgetNeed[]): BudgetPool[] {
  return [...new Map(needs.map(({ kind, of }) => [`${kind} ${of}`, { kind, of }])).values()];
}

export function isSamePool(a: BudgetPool, b: BudgetPool): boolean {
  return a.kind === b.kind && a.of === b.of;
}

/** Whether everything that is needed stands among what is promised. */
export function isPromised(needs: readonly BudgetNeed[], promised: readonly BudgetNeed[]): boolean {
  return needs.every((need) => promised.some((one) => isSamePool(one, need) && one.item === need.item));
}

function itemsIn(needs: readonly BudgetNeed[], pool: BudgetPool): string[] {
  return [...new Set(needs.filter((need) => isSamePool(need, pool)).map(({ item }) => item))];
}
