import { type Currency, type Micros, USD } from './money.ts';

/**
 * What AWS bills an environment for, each by its unit and an hour or a month of it: an Aurora capacity unit of standard
 * storage, and an application load balancer without what goes through it.
 */
export const PRICE_ITEMS = [
  'fargateX86VcpuHour',
  'fargateX86GbHour',
  'fargateArmVcpuHour',
  'fargateArmGbHour',
  'acuHour',
  'loadBalancerHour',
  'secretMonth',
  'storageGbMonth',
] as const;
export type PriceItem = (typeof PRICE_ITEMS)[number];

/** `asOf` is the day on which the figure held as far as is known: null where the source tells none. */
export interface Price {
  readonly usd: Micros;
  readonly asOf: string | null;
  readonly source: string;
}

export type PriceTable = Readonly<Partial<Record<PriceItem, Price>>>;

/** How one platform's environments are priced and the sums told. */
export interface Pricing {
  readonly table: PriceTable;
  readonly currency: Currency;
}

/** Hours of a month, as AWS counts where it bills by the month (a twelfth of 365 days). */
export const MONTH_HOURS = 730;

const IRELAND = 'AWS price list for Ireland, as others quote it';
const LONDON = 'AWS price list for London, as others quote it';

function quoted(
  source: string,
  asOf: string | null,
  figures: Readonly<Partial<Record<PriceItem, Micros>>>,
): PriceTable {
  return Object.fromEntries(Object.entries(figures).map(([item, usd]) => [item, { usd, asOf, source }]));
}

/**
 * On-demand prices for Linux without taxes, where a figure is known at second hand; nobody read them from AWS itself, so
 * sums made of them are told as `about`. What is missing of a region is not counted, and said not to be. London's storage
 * is quoted of Aurora PostgreSQL; AWS's prices are those of both editions, except where noted (Amazon Aurora pricing,
 * https://aws.amazon.com/rds/aurora/pricing/). Of Ireland's no figure was found that names its source.
 */
export const PRICES: Readonly<Record<string, PriceTable>> = {
  'eu-west-1': {
    ...quoted(IRELAND, '2026-05-01', {
      fargateX86VcpuHour: 40_480,
      fargateX86GbHour: 4445,
      fargateArmVcpuHour: 32_380,
      fargateArmGbHour: 3560,
    }),
    ...quoted(IRELAND, null, { acuHour: 140_000 }),
    ...quoted('an invoice of the region', null, { loadBalancerHour: 25_200 }),
  },
  'eu-west-2': {
    ...quoted(LONDON, '2026-09-11', {
      fargateX86VcpuHour: 46_560,
      fargateX86GbHour: 5110,
      fargateArmVcpuHour: 37_250,
      fargateArmGbHour: 4090,
      loadBalancerHour: 26_460,
      secretMonth: 400_000,
    }),
    ...quoted(LONDON, '2026-10-06', { acuHour: 140_000, storageGbMonth: 100_000 }),
  },
};

/** What a platform says of prices itself: figures of its own in dollars, and in what it wants to be told sums. */
export interface OwnPrices {
  readonly figures?:
    | {
        readonly asOf: string;
        readonly source: string;
        readonly usd: Readonly<Partial<Record<PriceItem, number | undefined>>>;
      }
    | undefined;
  readonly currency?: { readonly code: string; readonly perUsd: number; readonly asOf: string } | undefined;
}

/**
 * Of a region. A platform that has figures of its own is priced by these alone, so that no sum is made of two sources.
 * Undefined where there are none: then nothing is said about money.
 */
export function pricingOf(region: string, { figures, currency }: OwnPrices = {}): Pricing | undefined {
  const table = figures ? ownTable(figures) : PRICES[region];
  return table && { table, currency: currency ? { code: currency.code, perUsd: microsOf(currency.perUsd) } : USD };
}

function ownTable({ usd, asOf, source }: NonNullable<OwnPrices['figures']>): PriceTable {
  return Object.fromEntries(
    PRICE_ITEMS.flatMap((item) => {
      const figure = usd[item];
      return figure === undefined ? [] : [[item, { usd: microsOf(figure), asOf, source }]];
    }),
  );
}

function microsOf(units: number): Micros {
  return Math.round(units * 1_000_000);
}
