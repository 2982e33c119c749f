import { html } from 'hono/html';
import { fullName, type PullRequest, type Repository } from '../entities/repository.ts';
import type { Markup } from './layout.ts';

export function stateOf({ merge, state, draft }: PullRequest): { name: string; text: string } {
  if (merge) {
    return { name: 'merged', text: 'Merged' };
  }
  if (state === 'closed') {
    return { name: 'closed', text: 'Closed' };
  }
  return draft ? { name: 'draft', text: 'Draft' } : { name: 'open', text: 'Open' };
}

export function labelsView(pullRequest: PullRequest, repository: Repository): Markup[] {
  return pullRequest.labels.map((name) => {
    const label = repository.labels.get(name.toLowerCase());
    return html`<span class="label" style="background: #${label?.color ?? 'ededed'}33">${name}</span>`;
  });
}

export function repositoriesView(repositories: readonly Repository[]): Markup {
  return html`<h1>Repositories</h1><div class="box"><ul class="rows">${repositories.map(
    (repository) =>
      html`<li><a href="/${fullName(repository)}/pulls">${fullName(repository)}</a> <span class="muted">${repository.description ?? ''}</span></li>`,
  )}</ul></div>`;
}

export function pullsView(repository: Repository): Markup {
  const newestFirst = [...repository.pullRequests.values()].toSorted((a, b) => b.number - a.number);
  const row = (pullRequest: PullRequest): Markup => {
    const { name, text } = stateOf(pullRequest);
    return html`<li><span class="state ${name}">${text}</span> <a href="/${fullName(repository)}/pull/${pullRequest.number}">${pullRequest.title}</a>
      ${labelsView(pullRequest, repository)}<br><span class="muted">#${pullRequest.number} by ${pullRequest.author.login} · <code>${pullRequest.head.ref}</code></span></li>`;
  };
  return html`<h1>Pull requests</h1><div class="box"><ul class="rows">${newestFirst.map(row)}</ul></div>`;
}
