import { html } from 'hono/html';
import type { InventoryItem } from '../../aws/inventory-item.ts';
import type { Markup } from '../../github/page/layout.ts';

export interface Surroundings {
  /** `pr-1721` */
  readonly environment: string;
  /** Takes a link to where the local cloud answers it. */
  readonly linkTo: (href: string) => string;
}

type NameView = (item: InventoryItem, surroundings: Surroundings) => Markup | string;

const byKind: Readonly<Record<string, NameView>> = {
  task: ({ name, detail = {} }, { environment }) =>
    html`${shortened((detail['group'] ?? '').replace(/^\w+:/, ''), environment)} <span class="muted">${name.slice(0, 6)} ${detail['address'] ?? ''}</span>`,
  rule({ name, detail = {} }, { linkTo }) {
    const [host = '', ...others] = (detail['matches'] ?? '').split(', ');
    return html`<a href="${linkTo(`https://${host}/`)}" rel="noopener" target="_blank">${host}</a> <span class="muted">${[name, ...others].join(', ')}</span>`;
  },
  'record set': ({ name, detail = {} }) =>
    html`${name.replace(/\. /, ' ')} <span class="muted">→ ${detail['target'] ?? ''}</span>`,
  'DB cluster (clone)': ({ name }) => html`Clone <span class="muted">${name}</span>`,
  'DB cluster': ({ name }) => html`Cluster <span class="muted">${name}</span>`,
  'DB instance': ({ name }) => html`Instance <span class="muted">${name}</span>`,
};

/** A resource's name as a person needs it, without the words that every name of the environment begins with. */
export function nameView(item: InventoryItem, surroundings: Surroundings): Markup | string {
  const view = byKind[item.kind];
  return view ? view(item, surroundings) : shortened(item.name, surroundings.environment);
}

/** `nonprod-pr-1721-api` and `/applicationparams/pr-1721/domain`, but `pr-1721.ephemeral.example` as it is. */
function shortened(name: string, environment: string): string {
  return name.replace(new RegExp(`^.*?${environment}[-/]`, 'i'), '');
}
