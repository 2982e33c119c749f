import { html, raw } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';
import { patchScript } from '../../page/patch-script.ts';
import { contentStyle, frameStyle } from './style.ts';

export type Markup = HtmlEscapedString | Promise<HtmlEscapedString>;

/** Looks every second; forms lie outside of what is looked at again. */
const refresh = `
const live = document.getElementById('live');
let shown = '';
setInterval(async () => {
  const url = new URL(location.href);
  url.searchParams.set('fragment', '1');
  const next = await fetch(url).then((r) => r.text()).catch(() => shown);
  if (!live || next === shown) return;
  shown = next;
  patch(live, next);
}, 1000);
document.addEventListener('submit', (event) => {
  const person = document.getElementById('person');
  const field = event.target.querySelector('input[name=actor]');
  if (person && field) field.value = person.value;
});
document.getElementById('person')?.addEventListener('change', (event) => sessionStorage.setItem('person', event.target.value));
const last = sessionStorage.getItem('person');
if (last && document.querySelector('#person option[value="' + CSS.escape(last) + '"]')) document.getElementById('person').value = last;
`;

export function layout({
  title,
  path,
  live,
  controls,
}: {
  title: string;
  path: Markup;
  live: Markup;
  controls: Markup;
}): Markup {
  return html`<!doctype html>
<html lang="en-GB">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><link rel="icon" href="data:,"><title>${title}</title><style>${raw(frameStyle + contentStyle)}</style></head>
<body>
<header><a href="/">Local GitHub</a> · ${path}</header>
<main><div id="live">${live}</div>${controls}</main>
<footer class="muted">A simulation on this machine. Nothing here reaches github.com.</footer>
<script>${raw(patchScript + refresh)}</script>
</body>
</html>`;
}
