import { formatInstant } from '../../domain/instant.ts';
import type { EnvironmentReport, SlotHolder } from '../../reconcile/reporter.ts';
import { code, prose, shortened, table } from './markdown.ts';
import { ordinal, waitInWords } from './time.ts';

type Queue = NonNullable<EnvironmentReport['queue']>;

const PLACES = ['Next', 'Second', 'Third'];

/** `Second in the queue · about 2 h, or sooner`: by when enough holders will have expired, if nobody lets go before. */
export function queueHeading({ place, holders }: Queue, now: Date): string {
  const until = byExpiry(holders)[place - 1]?.expiresAt;
  const wait = until ? ` · ${waitInWords(now, until)}, or sooner` : '';
  return `${PLACES[place - 1] ?? ordinal(place)} in the queue${wait}`;
}

/** Who holds the slots, those that expire first at the top. No numbers are linked: that would leave a trace on each of them. */
export function holderTable({ holders, limit }: Queue, repository: string): string {
  const rows = byExpiry(holders).map((holder) => [
    code(holder.repository === repository ? `#${holder.pullRequest}` : `${holder.repository}#${holder.pullRequest}`),
    prose(shortened(holder.title, 80)),
    code(holder.owner),
    formatInstant(holder.expiresAt),
  ]);
  const taken =
    limit === 1
      ? 'The one environment that may exist at once is taken:'
      : `All ${limit} environments that may exist at once are taken:`;
  return [
    taken,
    table(['Pull request', 'Title', 'Owner', 'Expires'], rows),
    'Any owner can let go earlier with `/ephemeral destroy`. Nothing has to be done here: this one starts by itself.',
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function byExpiry(holders: readonly SlotHolder[]): SlotHolder[] {
  return holders.toSorted((a, b) => a.expiresAt.getTime() - b.expiresAt.getTime() || a.pullRequest - b.pullRequest);
}
