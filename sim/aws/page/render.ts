import { patchScript } from '../../page/patch-script.ts';
import type { InventoryItem } from '../inventory-item.ts';
import type { World } from '../world.ts';
import { escapeHtml } from './escape-html.ts';
import { groupByOwner } from './owner.ts';
import { pageStyle } from './style.ts';

const REFRESH_SECONDS = 2;

/** Asks for the page again and changes what differs, so that what is unfolded stays so. */
const refreshScript = `
setInterval(async () => {
  const text = await fetch(location.href).then((response) => response.text()).catch(() => undefined);
  if (text === undefined) return;
  const next = new DOMParser().parseFromString(text, 'text/html');
  document.title = next.title;
  patch(document.querySelector('main'), next.querySelector('main').innerHTML);
}, ${REFRESH_SECONDS * 1000});
`;

/** All resources as one page, each environment's first and then the shared ones. It follows the account by itself. */
export function renderPage(world: World, items: readonly InventoryItem[]): string {
  const groups = [...groupByOwner(items)];
  return `<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<noscript><meta http-equiv="refresh" content="${REFRESH_SECONDS}"></noscript>
<title>Local AWS: ${items.length} resources</title>
<style>${pageStyle}</style>
</head>
<body>
<main>
<h1>Local AWS</h1>
<p>Account ${escapeHtml(world.accountId)}, ${escapeHtml(world.region)}. ${items.length} resources. Its clock says ${clockOf(world)}.</p>
${renderNavigation(groups)}
${groups.map(([name, members]) => renderGroup(name, members)).join('\n') || '<p>Nothing here yet.</p>'}
</main>
<footer><p><small>A simulation on this machine: no account is touched. For programs: <a href="/_sim/resources">resources</a>,
<a href="/_sim/requests?last=100">requests</a>, <a href="/_sim/faults">faults</a>, <a href="/_sim/behaviours">behaviours</a>,
<a href="/_sim/clock">clock</a>.</small></p></footer>
<script>${patchScript}${refreshScript}</script>
</body>
</html>
`;
}

function clockOf({ clock }: World): string {
  return `${clock.now().toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

type Group = readonly [name: string, members: readonly InventoryItem[]];

function renderNavigation(groups: readonly Group[]): string {
  if (groups.length < 2) {
    return '';
  }
  const links = groups.map(
    ([name, members]) =>
      `<li><a href="#${escapeHtml(encodeURIComponent(name))}">${escapeHtml(name)}</a> <small>${members.length}</small></li>`,
  );
  return `<nav aria-label="Environments"><ul>${links.join('')}</ul></nav>`;
}

function renderGroup(name: string, items: readonly InventoryItem[]): string {
  const id = escapeHtml(encodeURIComponent(name));
  return `<section id="${id}" data-key="${id}"><details open>
<summary><h2>${escapeHtml(name)} <small>${items.length}</small></h2></summary>
<table>
<thead><tr><th scope="col">Kind</th><th scope="col">Name</th><th scope="col">Status</th><th scope="col">Details</th><th scope="col">Tags</th></tr></thead>
<tbody>${items.map(renderItem).join('')}</tbody>
</table></details></section>`;
}

function renderItem({ service, kind, name, arn, status, tags, detail = {} }: InventoryItem): string {
  const cells = [
    `<span title="${escapeHtml(arn)}">${escapeHtml(name)}</span>`,
    escapeHtml(status),
    renderPairs(detail),
    renderTags(tags),
  ];
  const row = `<th scope="row">${escapeHtml(kind)} <small>${escapeHtml(service)}</small></th>${cells.map((cell) => `<td>${cell}</td>`).join('')}`;
  return `<tr data-key="${escapeHtml(arn)}">${row}</tr>`;
}

/** The tags of an environment's resources say much the same: they are there to be unfolded. */
function renderTags(tags: Readonly<Record<string, string>>): string {
  const count = Object.keys(tags).length;
  return count === 0
    ? ''
    : `<details><summary>${count} ${count === 1 ? 'tag' : 'tags'}</summary>${renderPairs(tags)}</details>`;
}

function renderPairs(pairs: Readonly<Record<string, string>>): string {
  return Object.entries(pairs)
    .map(([key, value]) => `<small>${escapeHtml(key)}</small> ${escapeHtml(value)}`)
    .join('<br>');
}
