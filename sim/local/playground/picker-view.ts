import { html } from 'hono/html';
import type { PullRequest } from '../../github/entities/repository.ts';
import type { Markup } from '../../github/page/layout.ts';
import { stateOf } from '../../github/page/list-view.ts';

/** Every pull request, newest first, those with something on AWS marked. */
export function pickerView(
  pullRequests: Iterable<PullRequest>,
  { current, resources }: { current: number; resources: (number: number) => number },
): Markup {
  const newestFirst = [...pullRequests].toSorted((a, b) => b.number - a.number);
  return html`<ul>${newestFirst.map(({ number, title, ...pullRequest }) => {
    const { name, text } = stateOf({ number, title, ...pullRequest });
    const there = resources(number);
    return html`<li><a href="/?pr=${number}" ${number === current ? 'aria-current="page"' : ''}><span class="state ${name}">${text}</span> <b>#${number}</b> ${title}${there === 0 ? '' : html` <span class="muted">${there} resources</span>`}</a></li>`;
  })}</ul>`;
}
