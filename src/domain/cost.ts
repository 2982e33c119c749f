import { type Micros, type MoneyRange, NOTHING_SPENT, plus, proportion, spentIn } from './money.ts';
import { MONTH_HOURS, type Price, type PriceItem, type PriceTable } from './prices.ts';

/** What an environment has at one instant of what AWS bills for. */
export interface Quantities {
  readonly tasks: readonly TaskSize[];
  /** Aurora capacity units of its clone, between which it moves; null where there is no clone. */
  readonly acu: { readonly min: number; readonly max: number } | null;
  readonly rules: number;
  readonly secrets: number;
}

/** Tasks of Fargate of one size. `cpu` is in 1024ths of a processor and `memory` in MiB, as ECS takes them. */
export interface TaskSize {
  readonly cpu: number;
  readonly memory: number;
  readonly architecture: 'X86_64' | 'ARM64';
  readonly count: number;
}

export type CostPartName = 'services' | 'database' | 'load-balancer' | 'secrets' | 'storage';

/** Dollars a day. Null where there is something of it and no price: it is not counted. */
export interface CostPart {
  readonly name: CostPartName;
  readonly perDay: MoneyRange | null;
}

/** What is known of the use of a clone in a stretch of time. `acuMilli` is the mean, in thousandths. */
export interface AcuUse {
  readonly since: Date;
  readonly until: Date;
  readonly acuMilli: number;
}

/** How much a day a stretch of time costs, in dollars: what is fixed, and the clone at its least and its most. */
export interface CostPiece {
  readonly since: Date;
  readonly until: Date;
  readonly fixed: Micros;
  readonly acuLow: Micros;
  readonly acuHigh: Micros;
}

export type CostRates = Pick<CostPiece, 'fixed' | 'acuLow' | 'acuHigh'>;

const DAY_HOURS = 24;
const DAY_MS = 86_400_000;
const GIB = 1024 ** 3;
/** Less than this of a day is no measure of a day. */
const MEASURED_AFTER_MS = 6 * 3_600_000;

export interface KnownUse {
  /** Rules that the load balancer takes, everybody's together. */
  readonly ruleLimit: number;
  /** The measured use of the clone; null while only its settings are known. */
  readonly acuMilli: number | null;
  /** The measured size of what the clone does not share; null while it is not known. */
  readonly volumeBytes: number | null;
}

/**
 * Part by part, without those of which there is nothing. The load balancer is everybody's: an environment is put down for
 * the share that its rules are of all the rules it takes, so that it costs the same whoever else is there.
 */
export function costParts(quantities: Quantities, prices: PriceTable, known: KnownUse): CostPart[] {
  const { tasks, acu, rules, secrets } = quantities;
  const measured = known.acuMilli === null ? acu : { min: known.acuMilli / 1000, max: known.acuMilli / 1000 };
  const hourly = (item: PriceItem, count: number, per: number): MoneyRange | null =>
    exactly(proportionOf(prices[item], { count: count * DAY_HOURS, per }));
  const monthly = (item: PriceItem, count: number, per: number): MoneyRange | null =>
    exactly(proportionOf(prices[item], { count: count * DAY_HOURS, per: per * MONTH_HOURS }));
  return [
    ...(tasks.length > 0 ? [part('services', tasksPerDay(tasks, prices))] : []),
    ...(acu && measured ? [part('database', acuRange(measured, prices))] : []),
    ...(rules > 0 ? [part('load-balancer', hourly('loadBalancerHour', rules, known.ruleLimit))] : []),
    ...(secrets > 0 ? [part('secrets', monthly('secretMonth', secrets, 1))] : []),
    // A clone that nothing was measured of shares all it has, as far as is known.
    ...(acu && known.volumeBytes !== null ? [part('storage', monthly('storageGbMonth', known.volumeBytes, GIB))] : []),
  ];
}

/** The parts of a day's cost as they are added up: the clone apart, because its use is known only later. */
export function ratesOf(parts: readonly CostPart[]): CostRates {
  const database = parts.find(({ name }) => name === 'database')?.perDay ?? NOTHING_SPENT;
  const fixed = parts
    .filter(({ name }) => name !== 'database')
    .reduce((sum, { perDay }) => sum + (perDay?.low ?? 0), 0);
  return { fixed, acuLow: database.low, acuHigh: database.high };
}

export function perDay(parts: readonly CostPart[]): MoneyRange {
  return parts.reduce((sum, part) => plus(sum, part.perDay ?? NOTHING_SPENT), NOTHING_SPENT);
}

/** Dollars, over all pieces. Where the use of the clone is known, that counts, and else its settings do. */
export function accumulated(pieces: readonly CostPiece[], uses: readonly AcuUse[], prices: PriceTable): MoneyRange {
  return pieces.reduce((sum, piece) => plus(sum, spentInPiece(piece, uses, prices)), NOTHING_SPENT);
}

function spentInPiece(piece: CostPiece, uses: readonly AcuUse[], prices: PriceTable): MoneyRange {
  const length = piece.until.getTime() - piece.since.getTime();
  const fixed = exactly(spentIn(piece.fixed, length));
  if (piece.acuHigh === 0) {
    return fixed;
  }
  const known = uses.map((use) => ({ ...use, overlap: overlapOf(piece, use) })).filter(({ overlap }) => overlap > 0);
  const measured = known.reduce(
    (sum, { acuMilli, overlap }) => sum + spentIn(acuPerDay(acuMilli / 1000, prices) ?? 0, overlap),
    0,
  );
  const rest = Math.max(0, length - known.reduce((sum, { overlap }) => sum + overlap, 0));
  const unmeasured = { low: spentIn(piece.acuLow, rest), high: spentIn(piece.acuHigh, rest) };
  return plus(plus(fixed, exactly(measured)), unmeasured);
}

function overlapOf(one: Pick<CostPiece, 'since' | 'until'>, other: Pick<CostPiece, 'since' | 'until'>): number {
  return Math.max(
    0,
    Math.min(one.until.getTime(), other.until.getTime()) - Math.max(one.since.getTime(), other.since.getTime()),
  );
}

/** What was spent, and what comes to it at this rate until then. */
export function projected(spent: MoneyRange, rate: MoneyRange, { now, until }: { now: Date; until: Date }): MoneyRange {
  const left = Math.max(0, until.getTime() - now.getTime());
  return plus(spent, { low: spentIn(rate.low, left), high: spentIn(rate.high, left) });
}

/** The mean over what is known of the last day, in thousandths of a unit; null while that is too little to go by. */
export function recentUse(uses: readonly AcuUse[], now: Date): number | null {
  const recent = uses.filter(({ until }) => now.getTime() - until.getTime() < DAY_MS);
  const length = recent.reduce((sum, { since, until }) => sum + until.getTime() - since.getTime(), 0);
  if (length < MEASURED_AFTER_MS) {
    return null;
  }
  const units = recent.reduce((sum, use) => sum + use.acuMilli * (use.until.getTime() - use.since.getTime()), 0);
  return Math.round(units / length);
}

function tasksPerDay(tasks: readonly TaskSize[], prices: PriceTable): MoneyRange | null {
  const amounts = tasks.flatMap(({ cpu, memory, architecture, count }) => {
    const arm = architecture === 'ARM64';
    const processor = prices[arm ? 'fargateArmVcpuHour' : 'fargateX86VcpuHour'];
    const gigabyte = prices[arm ? 'fargateArmGbHour' : 'fargateX86GbHour'];
    return [
      proportionOf(processor, { count: cpu * count * DAY_HOURS, per: 1024 }),
      proportionOf(gigabyte, { count: memory * count * DAY_HOURS, per: 1024 }),
    ];
  });
  return amounts.includes(undefined) ? null : exactly(amounts.reduce<Micros>((sum, amount) => sum + (amount ?? 0), 0));
}

function acuRange({ min, max }: { min: number; max: number }, prices: PriceTable): MoneyRange | null {
  const [low, high] = [acuPerDay(min, prices), acuPerDay(max, prices)];
  return low === undefined || high === undefined ? null : { low, high };
}

function acuPerDay(units: number, { acuHour }: PriceTable): Micros | undefined {
  return proportionOf(acuHour, { count: units * 1000 * DAY_HOURS, per: 1000 });
}

function proportionOf(price: Price | undefined, { count, per }: { count: number; per: number }): Micros | undefined {
  return price && proportion(price.usd, count, per);
}

function part(name: CostPartName, perDay: MoneyRange | null): CostPart {
  return { name, perDay };
}

function exactly(amount: Micros): MoneyRange;
function exactly(amount: Micros | undefined): MoneyRange | null;
function exactly(amount: Micros | undefined): MoneyRange | null {
  return amount === undefined ? null : { low: amount, high: amount };
}

/** More than this many pieces of one life are told apart no longer. */
export const MOST_PIECES = 300;

/**
 * The pieces with one more look: at `rates` from now on, so that what was there at the look before lasted until this one.
 * The last piece is the open one, and ends where it was last looked at. A look that is repeated, or comes late, adds nothing.
 */
export function withLook(pieces: readonly CostPiece[], rates: CostRates, now: Date): CostPiece[] {
  const last = pieces.at(-1);
  if (!last) {
    return [{ since: now, until: now, ...rates }];
  }
  const reached = { ...last, until: now > last.until ? now : last.until };
  const before = pieces.slice(0, -1);
  return equal(last, rates)
    ? [...before, reached]
    : shortened([...before, reached, { since: reached.until, until: reached.until, ...rates }]);
}

function equal(one: CostRates, other: CostRates): boolean {
  return one.fixed === other.fixed && one.acuLow === other.acuLow && one.acuHigh === other.acuHigh;
}

/** The two oldest become one of the same sum. Pieces of no length say nothing and go first. */
function shortened(pieces: readonly CostPiece[]): CostPiece[] {
  const last = pieces.at(-1);
  const lasting = pieces.filter((piece) => piece === last || piece.until > piece.since);
  const [first, second, ...rest] = lasting;
  return lasting.length > MOST_PIECES && first && second ? [joined(first, second), ...rest] : lasting;
}

function joined(first: CostPiece, second: CostPiece): CostPiece {
  const whole = second.until.getTime() - first.since.getTime();
  const mean = (name: keyof CostRates): Micros =>
    proportion(
      spentIn(first[name], first.until.getTime() - first.since.getTime()) +
        spentIn(second[name], second.until.getTime() - second.since.getTime()),
      DAY_MS,
      whole,
    );
  const rates = { fixed: mean('fixed'), acuLow: mean('acuLow'), acuHigh: mean('acuHigh') };
  return { since: first.since, until: second.until, ...rates };
}
