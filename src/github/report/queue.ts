import { BUDGET_WORDS, type Shortage } from '../../domain/budget.ts';
import { formatDuration } from '../../domain/duration.ts';
import { formatDay, formatInstant } from '../../domain/instant.ts';
import type { EnvironmentReport, QueueReport, SlotHolder } from '../../reconcile/reporter.ts';
import { code, prose, shortened, table } from './markdown.ts';
import { ordinal, waitInWords } from './time.ts';

const PLACES = ['Next', 'Second', 'Third'];
/** What was used within this time is in use: by the hour it would be told anew with every push of its owner. */
const IN_USE_MS = 86_400_000;

type WaitingReport = Pick<EnvironmentReport, 'environment' | 'now' | 'expiresAt'> & { readonly queue: QueueReport };

/** `Second in the queue · about 2 h, or sooner`: by when enough holders will have expired, if nobody lets go before. */
export function queueHeading({ place, limit, holders, shortage }: QueueReport, now: Date): string {
  // Where the limit has shrunk, more have to go than to come.
  const surplus = shortage ? 0 : Math.max(0, holders.length - limit);
  const freed = byEnd(holders)[place - 1 + surplus];
  const wait = freed ? ` · ${freed.leaving ? 'a few minutes' : `${waitInWords(now, freed.expiresAt)}, or sooner`}` : '';
  const queue = shortage ? `in the queue for ${wanted(shortage)}` : 'in the queue';
  return `${PLACES[place - 1] ?? ordinal(place)} ${queue}${wait}`;
}

/** `Waiting for a slot (2nd)` */
export function waitingTitle({ place, shortage }: QueueReport): string {
  return `Waiting for ${shortage ? wanted(shortage) : 'a slot'} (${ordinal(place)})`;
}

function wanted({ kind }: Shortage): string {
  return kind === 'clones' ? 'a clone of the database' : 'room on the load balancer';
}

/** All there is to say to somebody who waits. */
export function waitingSections(report: WaitingReport): string[] {
  return [
    holderTable(report),
    whomToAsk(report),
    'Any owner can let go earlier with `/ephemeral destroy`. Nothing has to be done here: this one starts by itself.',
    turns(report),
  ].filter((part) => part !== '');
}

/** Who holds the slots, those that end first at the top. No numbers are linked: that would leave a trace on each of them. */
function holderTable({ queue: { holders, limit, shortage }, environment, now }: WaitingReport): string {
  const rows = byEnd(holders).map((holder) => [
    numberOf(holder, environment.pullRequest.repository),
    prose(shortened(holder.title, 80)),
    code(holder.owner),
    lastUsed(holder, now),
    holder.leaving ? 'is being removed' : formatInstant(holder.expiresAt),
  ]);
  return [
    shortage ? fullPool(shortage, holders) : takenSlots(limit),
    table(['Pull request', 'Title', 'Owner', 'Last used', 'Expires'], rows),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** A database that nobody is connected to, or that is asked for nothing, is told of as well: to the hour, so that it reads the same until somebody is. */
function lastUsed(holder: SlotHolder, now: Date): string {
  const used = isIdle(holder, now) ? formatDay(holder.usedAt) : 'within a day';
  const { idleSince, nearlyIdleSince } = holder;
  if (idleSince) {
    return `${used}; idle since ${formatInstant(idleSince)}`;
  }
  return nearlyIdleSince ? `${used}; nearly idle since ${formatInstant(nearlyIdleSince)}` : used;
}

function takenSlots(limit: number): string {
  return limit === 1
    ? 'The one environment that may exist at once is taken:'
    : `All ${limit} environments that may exist at once are taken:`;
}

function fullPool({ kind, of, used, limit, needed }: Shortage, holders: readonly SlotHolder[]): string {
  const taken =
    kind === 'clones'
      ? `${used} of the ${limit} clones that ${code(of)} can have are taken. One more would be a full copy, so none is made.`
      : `It needs ${needed} ${BUDGET_WORDS[kind]}, and ${used} of the ${limit} that the load balancer takes are taken.`;
  return `${taken} ${holders.length === 0 ? 'No environment has any.' : 'These environments have some:'}`;
}

/** Whoever has not used an environment for longest, if not within a day; else nobody is in anybody's way. */
function whomToAsk({ queue: { holders }, environment, now }: WaitingReport): string {
  const [idlest] = holders
    .filter((holder) => !holder.leaving && isIdle(holder, now))
    .toSorted((a, b) => a.usedAt.getTime() - b.usedAt.getTime() || a.pullRequest - b.pullRequest);
  return idlest
    ? `The one that nobody has used for longest is ${numberOf(idlest, environment.pullRequest.repository)}: ${code(idlest.owner)} could be asked whether it is still needed.`
    : '';
}

/** Why a place changes, and how long a wait may last. */
function turns({ queue: { lifeSeconds }, expiresAt }: WaitingReport): string {
  return (
    'People come before bots and what is ready for review before drafts; among them, authors take turns. ' +
    `It lives ${formatDuration(lifeSeconds)} from when it gets its slot, and waits for one until ${formatInstant(expiresAt)} at the longest.`
  );
}

function numberOf({ repository, pullRequest }: SlotHolder, own: string): string {
  return code(repository === own ? `#${pullRequest}` : `${repository}#${pullRequest}`);
}

function isIdle({ usedAt }: SlotHolder, now: Date): boolean {
  return now.getTime() - usedAt.getTime() > IN_USE_MS;
}

/** Those that are being removed first, then as they expire. */
function byEnd(holders: readonly SlotHolder[]): SlotHolder[] {
  return holders.toSorted(
    (a, b) =>
      Number(b.leaving) - Number(a.leaving) ||
      a.expiresAt.getTime() - b.expiresAt.getTime() ||
      a.pullRequest - b.pullRequest,
  );
}
