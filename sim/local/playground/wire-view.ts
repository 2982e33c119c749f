import { html } from 'hono/html';
import type { LoggedCall } from '../../aws/guards/request-log.ts';
import type { Markup } from '../../github/page/layout.ts';
import type { Delivery } from '../../github/webhooks/delivery.ts';
import { timeOfDay } from './spoken-time.ts';

const SHOWN = 8;
const READING = /^(Describe|List|Get|Filter|BatchGet)/;

/** What is not there yet is asked for all the time: that is an answer, not a failure. */
const ABSENT = /NotFound|NoSuch|DoesNotExist/;

/** The newest calls that change something, and those that were refused. */
export function callsView(calls: readonly LoggedCall[]): Markup {
  const worthTelling = calls.filter(({ operation, outcome }) =>
    READING.test(operation) ? outcome !== 'ok' && !ABSENT.test(outcome) : true,
  );
  const newest = worthTelling.slice(-SHOWN).toReversed();
  if (newest.length === 0) {
    return html`<p class="muted">Nothing yet.</p>`;
  }
  return html`<ul class="wire">${newest.map(
    ({ at, service, operation, outcome, requestId }) =>
      html`<li data-key="${requestId}" class="${outcome === 'ok' ? '' : 'trouble'}"><time>${timeOfDay(at)}</time> <span>${service} <b>${operation}</b></span> <span>${outcome === 'ok' ? '' : outcome}</span></li>`,
  )}</ul>`;
}

/** The newest webhooks, and whether Mayfly took them. */
export function webhooksView(deliveries: readonly Delivery[]): Markup {
  const newest = deliveries.slice(-SHOWN).toReversed();
  return html`<ul class="wire">${newest.map(
    ({ id, deliveredAt, event, action, status, statusCode, redelivery }) =>
      html`<li data-key="${id}" class="${statusCode >= 200 && statusCode < 300 ? '' : 'trouble'}"><time>${timeOfDay(deliveredAt)}</time> <span><b>${[event, action].filter(Boolean).join('.')}</b>${redelivery ? ' again' : ''}</span> <span>${statusCode === 0 ? status : `${statusCode} ${status}`}</span></li>`,
  )}</ul>`;
}
