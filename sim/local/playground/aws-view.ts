import { html } from 'hono/html';
import type { Markup } from '../../github/page/layout.ts';
import { type Axis, axisOf, barOf } from './axis.ts';
import { type Group, groupsOf } from './groups.ts';
import { nameView, type Surroundings } from './name-view.ts';
import type { Sighting } from './sightings.ts';
import { elapsed } from './spoken-time.ts';
import type { Standing } from './standing.ts';

interface Seen extends Surroundings {
  readonly now: Date;
}

/** Never the colour alone. */
const MARKS: Readonly<Record<Standing, string>> = { coming: '◐', settled: '●', trouble: '▲', leaving: '◌', gone: '○' };

/** The AWS that exists for one pull request, resource by resource. */
export function awsView(sightings: readonly Sighting[], surroundings: Seen): Markup {
  const { environment, now } = surroundings;
  if (sightings.length === 0) {
    return html`<p class="empty">Nothing on AWS carries the name <b>${environment}</b>. Add the label, and watch it appear here.</p>`;
  }
  const axis = axisOf(sightings, now);
  return html`${totalView(sightings, axis)}
    ${groupsOf(sightings).map((group) => groupView(group, axis, surroundings))}`;
}

function count(sightings: readonly Sighting[], standing: Standing): number {
  return sightings.filter((sighting) => sighting.standing === standing).length;
}

function totalView(sightings: readonly Sighting[], { from, to }: Axis): Markup {
  const there = sightings.filter(({ standing }) => standing !== 'gone');
  const words: [Standing, string][] = [
    ['settled', 'ready'],
    ['coming', 'on the way'],
    ['trouble', 'in trouble'],
    ['leaving', 'going'],
  ];
  const parts = words.flatMap(([standing, word]) => {
    const number = count(there, standing);
    return number === 0 ? [] : [html`<span class="${standing}">${MARKS[standing]} ${number} ${word}</span> `];
  });
  return html`<p class="total"><b>${there.length} resources</b> ${parts}<span class="muted">Bars run from when each was made to when it was ready, over ${elapsed(from, to)}</span></p>`;
}

function groupView({ title, sightings, folded }: Group, axis: Axis, surroundings: Seen): Markup {
  const rows = html`<ul class="resources">${sightings.map((sighting) => rowView(sighting, axis, surroundings))}</ul>`;
  const settled = count(sightings, 'settled');
  const tally = settled === sightings.length ? `${settled}` : `${settled} of ${sightings.length}`;
  if (!folded) {
    return html`<section data-key="${title}"><h3>${title} <span class="muted">${tally}</span></h3>${rows}</section>`;
  }
  return html`<section data-key="${title}"><details><summary><h3>${title} <span class="muted">${tally}</span></h3> <span class="dots" aria-hidden="true">${sightings.map(
    ({ item, standing }) => html`<i class="${standing}" data-key="${item.arn}"></i>`,
  )}</span></summary>${rows}</details></section>`;
}

function rowView(sighting: Sighting, axis: Axis, surroundings: Seen): Markup {
  const { item, standing } = sighting;
  const bar = barOf(sighting, axis, surroundings.now);
  return html`<li class="${standing}" data-key="${item.arn}"><span class="mark" aria-hidden="true">${MARKS[standing]}</span>
    <span class="name" title="${item.arn}">${nameView(sighting.item, surroundings)}</span>
    <span class="word">${wordOf(sighting)}</span>
    <span class="time">${timeOf(sighting, surroundings.now)}</span>
    <span class="bar" aria-hidden="true">${bar ? html`<i style="margin-left:${bar.start.toFixed(1)}%;width:${bar.length.toFixed(1)}%"></i>` : ''}</span></li>`;
}

const rolloutWords: Readonly<Record<string, string>> = { IN_PROGRESS: ', rolling out', FAILED: ', rollout failed' };

function wordOf({ item, standing }: Sighting): string {
  const { kind, status, detail = {} } = item;
  if (standing === 'gone') {
    return 'gone';
  }
  if (kind === 'service' && standing !== 'leaving') {
    return `${detail['tasks'] ?? ''}${rolloutWords[detail['rollout'] ?? ''] ?? ''}`;
  }
  const reason = detail['reason']?.replaceAll(/\(target-group arn:\S+:targetgroup\/([^/]+)\/\w+\)/g, '$1');
  return [plain(status), reason].filter(Boolean).join(': ');
}

/** AWS shouts; a page need not. */
function plain(status: string): string {
  return status.toLowerCase().replaceAll('_', ' ');
}

function timeOf({ standing, firstSeen, settledAt, since }: Sighting, now: Date): string {
  if (standing === 'coming') {
    return `for ${elapsed(settledAt === undefined ? firstSeen : since, now)}`;
  }
  if (standing === 'settled') {
    return settledAt ? `took ${elapsed(firstSeen, settledAt)}` : '';
  }
  return `for ${elapsed(since, now)}`;
}
