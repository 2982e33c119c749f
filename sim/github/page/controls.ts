import { html } from 'hono/html';
import type { Account } from '../entities/account.ts';
import { fullName, type PullRequest, type Repository, roleOf } from '../entities/repository.ts';
import type { Markup } from './layout.ts';

/** A form that a script completes with the chosen person. */
export function formTo(action: string, hidden: { readonly [name: string]: string }, content: Markup): Markup {
  const fields = Object.entries(hidden).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  );
  return html`<form method="post" action="${action}"><input type="hidden" name="actor" value="">${fields}${content}</form> `;
}

function personChoice(users: readonly Account[], repository: Repository): Markup {
  const mightiestFirst = users.toSorted(
    (a, b) => (repository.collaborators.has(b.login) ? 1 : 0) - (repository.collaborators.has(a.login) ? 1 : 0),
  );
  return html`<p><label>As <select id="person">${mightiestFirst.map(
    ({ login }) => html`<option value="${login}">${login} (${roleOf(repository, login) ?? 'no access'})</option>`,
  )}</select></label></p>`;
}

function stateButtons(here: string, pullRequest: PullRequest): Markup[] {
  const button = (action: string, text: string): Markup =>
    formTo(`${here}/${action}`, {}, html`<button>${text}</button>`);
  if (pullRequest.merge) {
    return [];
  }
  return pullRequest.state === 'open'
    ? [
        button('merge', 'Merge'),
        button('close', 'Close'),
        pullRequest.draft ? button('ready', 'Ready for review') : button('draft', 'Convert to draft'),
      ]
    : [button('reopen', 'Reopen')];
}

/** The buttons that follow the state of the pull request, and so are drawn anew with it. */
export function quickActionsView(repository: Repository, pullRequest: PullRequest): Markup {
  const here = `/${fullName(repository)}/pull/${pullRequest.number}`;
  const labelButtons = [...repository.labels.values()].map(({ name }) =>
    pullRequest.labels.includes(name)
      ? formTo(`${here}/unlabel`, { label: name }, html`<button>Remove “${name}”</button>`)
      : formTo(`${here}/label`, { label: name }, html`<button>Add “${name}”</button>`),
  );
  return html`<p>${labelButtons}${stateButtons(here, pullRequest)}</p>`;
}

/** Where a person says who they are and types, below what they see of the pull request. */
export function controlsView(users: readonly Account[], repository: Repository, pullRequest: PullRequest): Markup {
  const here = `/${fullName(repository)}/pull/${pullRequest.number}`;
  const path = `app/change-${pullRequest.number}.txt`;
  return html`<div class="box"><h2>Act</h2><div class="text">${personChoice(users, repository)}
    <form class="wide" method="post" action="${here}/comment"><input type="hidden" name="actor" value=""><textarea name="body" rows="3" aria-label="Comment" placeholder="Leave a comment" required></textarea><button>Comment</button></form>
    <p>${formTo(`${here}/label`, {}, html`<input name="label" aria-label="Label" placeholder="another label" required size="14"> <button>Add label</button>`)}</p>
    <p>${formTo(`${here}/push`, {}, html`<input name="path" aria-label="File" value="${path}" size="30" required> <input name="content" aria-label="Content" placeholder="new content" size="20"> <button>Push a commit</button>`)}</p></div></div>`;
}
