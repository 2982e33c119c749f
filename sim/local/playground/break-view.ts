import { html } from 'hono/html';
import type { Markup } from '../../github/page/layout.ts';
import type { MayflySwitch } from './mayfly-switch.ts';

const withService = [
  ['crash-task', 'Crash a task'],
  ['fail-health-check', 'Make its health check answer 500'],
  ['mend-health-check', 'Make it answer 200 again'],
  ['delete-service', 'Delete the service by hand'],
] as const;

const anywhere = [
  ['throttle-rds', 'Throttle RDS for a minute'],
  ['fail-create-service', 'Fail the next CreateService'],
  ['lose-webhook', 'Lose the next webhook'],
  ['repeat-webhook', 'Deliver the last webhook again'],
] as const;

export interface Breakable {
  readonly environment: string;
  readonly services: readonly string[];
  /** What was armed and has not come to pass. */
  readonly pending: readonly string[];
  readonly mayfly: MayflySwitch['state'];
}

/** The buttons that break things, and what is still to come of those pushed before. */
export function breakView({ environment, services, pending, mayfly }: Breakable): Markup {
  const button = (action: string, text: string): Markup =>
    html`<form method="post" action="/break/${action}"><button>${text}</button></form>`;
  return html`<div class="line">${anywhere.map(([action, text]) => button(action, text))}${mayflyButton(mayfly)}</div>
    <form method="post"><input type="hidden" name="environment" value="${environment}"><fieldset class="line" ${services.length === 0 ? 'disabled' : ''}><legend class="unseen">Break a service</legend>
    <label>Service <select name="service">${services.length === 0 ? html`<option>none runs</option>` : services.map((name) => html`<option>${name}</option>`)}</select></label>
    ${withService.map(([action, text]) => html`<button formaction="/break/${action}">${text}</button>`)}</fieldset></form>
    ${pending.length === 0 ? '' : html`<p class="pending">Armed: ${pending.join('; ')}.</p>`}`;
}

function mayflyButton(state: MayflySwitch['state']): Markup {
  const goes = state === 'running' || state === 'stopping';
  const waits = state === 'stopping' || state === 'starting';
  const texts = {
    running: 'Stop Mayfly',
    stopping: 'Mayfly is stopping',
    stopped: 'Start Mayfly',
    starting: 'Mayfly is starting',
  };
  return html`<form method="post" action="/mayfly/${goes ? 'stop' : 'start'}"><button class="${state === 'stopped' ? 'primary' : ''}" ${waits ? 'aria-disabled="true"' : ''}>${texts[state]}</button></form>`;
}
