import type { InventoryItem } from '../inventory-item.ts';
import type { World } from '../world.ts';

const REFRESH_SECONDS = 3;
const SHARED = 'Shared';

const STYLE = `
:root { color-scheme: light dark; }
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 75rem; padding: 0 1rem; }
h1 { font-size: 1.4rem; font-weight: 600; }
h2 { font-size: 1.1rem; font-weight: 600; margin: 2rem 0 .5rem; }
table { border-collapse: collapse; width: 100%; }
th, td { border-bottom: 1px solid color-mix(in srgb, currentColor 15%, transparent); padding: .35rem .75rem .35rem 0; text-align: left; vertical-align: top; }
th { font-weight: 500; opacity: .7; }
td { overflow-wrap: anywhere; }
small { opacity: .7; }
`;

/** All resources as one page, the shared ones first and then each environment's, by their `Environment` tag. */
export function renderPage(world: World, items: readonly InventoryItem[]): string {
  const groups = Map.groupBy(items, ({ tags }) => tags['Environment'] ?? SHARED);
  const names = [...groups.keys()].toSorted((a, b) => Number(b === SHARED) - Number(a === SHARED) || (a < b ? -1 : 1));
  const sections = names.map((name) => renderGroup(name, groups.get(name) ?? []));
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="refresh" content="${REFRESH_SECONDS}">
<title>Local AWS: ${items.length} resources</title>
<style>${STYLE}</style>
</head>
<body>
<h1>Local AWS</h1>
<p>Account ${escapeHtml(world.accountId)}, ${escapeHtml(world.region)}. Its clock says ${world.clock.now().toISOString()}. ${items.length} resources.</p>
${sections.join('\n') || '<p>Nothing here yet.</p>'}
</body>
</html>
`;
}

function renderGroup(name: string, items: readonly InventoryItem[]): string {
  return `<section>
<h2>${escapeHtml(name)} <small>${items.length}</small></h2>
<table>
<thead><tr><th>Kind</th><th>Name</th><th>Status</th><th>Details</th><th>Tags</th></tr></thead>
<tbody>
${items.map(renderItem).join('\n')}
</tbody>
</table>
</section>`;
}

function renderItem({ service, kind, name, arn, status, tags, detail = {} }: InventoryItem): string {
  const cells = [
    `${escapeHtml(kind)}<br><small>${escapeHtml(service)}</small>`,
    `<span title="${escapeHtml(arn)}">${escapeHtml(name)}</span>`,
    escapeHtml(status),
    renderPairs(detail),
    renderPairs(tags),
  ];
  return `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
}

function renderPairs(pairs: Readonly<Record<string, string>>): string {
  return Object.entries(pairs)
    .map(([key, value]) => `<small>${escapeHtml(key)}</small> ${escapeHtml(value)}`)
    .join('<br>');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
