import { html } from 'hono/html';
import type { Markup } from '../../github/page/layout.ts';
import type { MayflySwitch } from './mayfly-switch.ts';

const texts: Readonly<Record<MayflySwitch['state'], string>> = {
  running: 'Mayfly runs',
  stopping: 'Mayfly ends what it has in hand',
  stopped: 'Mayfly is stopped',
  starting: 'Mayfly starts',
};

export function mayflyView(state: MayflySwitch['state']): Markup {
  return html`<span class="${state === 'running' ? 'settled' : 'trouble'}">${state === 'running' ? '●' : '▲'} ${texts[state]}</span>`;
}
