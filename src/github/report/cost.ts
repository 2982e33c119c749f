import { adviceReason } from '../../domain/capacity-advice.ts';
import type { CostPartName } from '../../domain/cost.ts';
import { formatInstant } from '../../domain/instant.ts';
import { formatRange } from '../../domain/money.ts';
import type { CostReport } from '../../reconcile/cost/cost-report.ts';
import type { EnvironmentReport } from '../../reconcile/reporter.ts';
import { code, details, prose, table } from './markdown.ts';

const PART_WORDS: Readonly<Record<CostPartName, string>> = {
  services: "Services' tasks",
  database: 'Clone of the database',
  'load-balancer': 'Share of the load balancer',
  secrets: 'Secrets',
  storage: 'What the clone does not share with its source',
};

type Costing = Pick<EnvironmentReport, 'cost' | 'goneAt' | 'servedSha'>;

/** `about £3.10 a day`; empty where nothing is known, or nothing costs anything yet. */
export function costRate({ cost, servedSha }: Costing): string {
  return cost && servedSha !== null && cost.perDay.high > 0
    ? `${prose(formatRange(cost.perDay, cost.currency))} a day`
    : '';
}

/** `, cost about £9.80`; empty where nothing is known. */
export function costInAll({ cost }: Costing): string {
  return cost && cost.spent.high > 0 ? `, cost ${prose(formatRange(cost.spent, cost.currency))}` : '';
}

/** What the rate is made of and where the prices are from, folded. */
export function costSection(report: Costing): string {
  const { cost } = report;
  const rate = costRate(report);
  if (!cost || rate === '') {
    return '';
  }
  const rows = cost.parts.map(({ name, perDay }) => [
    PART_WORDS[name],
    perDay ? prose(formatRange(perDay, cost.currency)) : 'not counted: no price is known',
  ]);
  const sentences = [
    `${prose(formatRange(cost.byExpiry, cost.currency))} in all by the time it expires, if nothing changes.`,
    measureSentence(cost),
    adviceSentence(cost),
    idleSentence(cost),
    `Traffic, logs and taxes are not counted. Prices: ${cost.sources.map(prose).join('; ')}.`,
  ];
  return details(
    `What it costs (${rate})`,
    [table(['Part', 'A day'], rows), sentences.filter((sentence) => sentence !== '').join(' ')].join('\n\n'),
  );
}

function measureSentence({ measured, parts }: CostReport): string {
  if (!parts.some(({ name }) => name === 'database')) {
    return '';
  }
  return measured
    ? 'The clone is put down at what it used in the last day.'
    : 'The clone costs less the less it is used: it is put down between its least and its most.';
}

/** Of a pool that stays open, the connections alone would say that it is in use. */
function idleSentence({ idleSince, nearlyIdleSince }: CostReport): string {
  if (idleSince) {
    return `Nobody has been connected to the clone since ${formatInstant(idleSince)}.`;
  }
  return nearlyIdleSince
    ? `The clone has needed no more than half a capacity unit, the least while it is awake, since ${formatInstant(nearlyIdleSince)}: who is connected asks next to nothing of it.`
    : '';
}

/** Settings as the blueprint has them, so that they can be copied there. */
function adviceSentence({ advice }: CostReport): string {
  if (!advice) {
    return '';
  }
  const { settings, enough } = advice;
  const wanted = code(`database.capacity: { min: ${enough.min}, max: ${enough.max} }`);
  return `${adviceReason(settings, enough)}: ${wanted} instead of ${settings.min} to ${settings.max}.`;
}
