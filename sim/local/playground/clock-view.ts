import { html } from 'hono/html';
import { formatInstant } from '../../../src/domain/instant.ts';
import type { Markup } from '../../github/page/layout.ts';
import { timeOfDay } from './spoken-time.ts';

export const MIN_SPEED = 1;
export const MAX_SPEED = 300;
const SPEEDS = [1, 5, 15, 60, 300];

/** The cloud's own time. */
export function clockView(now: Date): Markup {
  return html`<b>${timeOfDay(now)}</b> <span class="muted">${formatInstant(now).replace(/, .*/, '')} UTC</span>`;
}

/** How fast it passes, as a row of choices; the speed it began with stays one of them. */
export function speedView(speed: number, first: number): Markup {
  const speeds = [...new Set([...SPEEDS, first, speed])].toSorted((a, b) => a - b);
  return html`<form method="post" action="/clock" id="speed"><fieldset class="speeds"><legend>Simulated seconds for each real one</legend>${speeds.map(
    (each) =>
      html`<label><input type="radio" name="speed" value="${each}" ${each === speed ? 'checked' : ''}><span>${each}×</span></label>`,
  )}<noscript><button>Set</button></noscript></fieldset></form>`;
}
