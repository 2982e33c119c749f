import { html } from 'hono/html';
import type { LoggedCall } from '../../aws/guards/request-log.ts';
import type { Markup } from '../../github/page/layout.ts';
import type { Delivery } from '../../github/webhooks/delivery.ts';
import { newestRows } from './repeats.ts';
import { timeOfDay } from './spoken-time.ts';

const SHOWN = 8;
const READING = /^(Describe|List|Get|Filter|BatchGet)/;

/** What is not there yet is asked for all the time: that is an answer, not a failure. */
const ABSENT = /NotFound|NoSuch|DoesNotExist/;

interface Row {
  readonly key: string | number;
  readonly at: Date;
  readonly what: Markup;
  readonly times: number;
  readonly outcome: string;
  readonly isWell: boolean;
}

function rowView({ key, at, what, times, outcome, isWell }: Row): Markup {
  const repeated = times === 1 ? '' : html` <span class="muted">× ${times}</span>`;
  return html`<li data-key="${key}" class="${isWell ? '' : 'trouble'}"><time>${timeOfDay(at)}</time> <span>${what}${repeated}</span> <span>${outcome}</span></li>`;
}

function listView(rows: readonly Row[], empty: string): Markup {
  return rows.length === 0
    ? html`<p class="muted">${empty}</p>`
    : html`<ul class="wire">${rows.map((row) => rowView(row))}</ul>`;
}

function isWorthTelling({ operation, outcome }: LoggedCall): boolean {
  return READING.test(operation) ? outcome !== 'ok' && !ABSENT.test(outcome) : true;
}

/** The newest calls that change something, and those that were refused. */
export function callsView(calls: readonly LoggedCall[]): Markup {
  const keyOf = (call: LoggedCall): string | undefined =>
    isWorthTelling(call) ? [call.service, call.operation, call.outcome].join(' ') : undefined;
  const rows = newestRows(calls, { keyOf, limit: SHOWN }).map(({ oldest, newest, times }) => {
    const { at, service, operation, outcome } = newest;
    const isWell = outcome === 'ok';
    const what = html`${service} <b>${operation}</b>`;
    return { key: oldest.requestId, at, what, times, outcome: isWell ? '' : outcome, isWell };
  });
  return listView(rows, 'Nothing is asked for yet. What only reads is left out here.');
}

function isTaken({ statusCode }: Delivery): boolean {
  return statusCode >= 200 && statusCode < 300;
}

/** The newest webhooks: what happened, by whom, and whether Mayfly took them. */
export function webhooksView(deliveries: readonly Delivery[]): Markup {
  const keyOf = ({ event, action, sender, status, redelivery }: Delivery): string =>
    [event, action, sender.login, status, redelivery].join(' ');
  const rows = newestRows(deliveries, { keyOf, limit: SHOWN }).map(({ oldest, newest, times }) => {
    const { deliveredAt: at, event, action, sender, status, statusCode, redelivery } = newest;
    const name = [event, action].filter(Boolean).join('.');
    const what = html`<b>${name}</b>${redelivery ? ' again' : ''} <span class="muted">by ${sender.login}</span>`;
    const outcome = statusCode === 0 ? status : `${statusCode} ${status}`;
    return { key: oldest.id, at, what, times, outcome, isWell: isTaken(newest) };
  });
  return listView(rows, 'Nothing is sent yet.');
}
