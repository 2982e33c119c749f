import { html } from 'hono/html';
import { COMMANDS } from '../../../src/domain/command.ts';
import { fullName, type PullRequest, type Repository, roleOf } from '../../github/entities/repository.ts';
import type { Markup } from '../../github/page/layout.ts';

/** Files whose change touches different services of the first users' blueprint. */
const PLACES = [
  ['lib/olcs-common/src/Common/Review.php', 'the library they all share'],
  ['app/api/module/Api/src/Review.php', 'the api'],
  ['app/selfserve/module/Olcs/src/Review.php', 'selfserve'],
  ['app/internal/module/Olcs/src/Review.php', 'internal'],
  ['docs/review.md', 'the documentation only'],
] as const;

const PREFIX = '/ephemeral';

/** What people can do with a pull request; it follows its state. Each form says who acts by a script, else the developer does. */
export function actView(repository: Repository, pullRequest: PullRequest, label: string): Markup {
  const here = `/${fullName(repository)}/pull/${pullRequest.number}`;
  return html`<div class="line">${labelForm(here, pullRequest, label)}${stateForms(here, pullRequest)}</div>`;
}

function form(action: string, content: Markup): Markup {
  return html`<form method="post" action="${action}"><input type="hidden" name="actor" value="">${content}</form>`;
}

function labelForm(here: string, { labels }: PullRequest, label: string): Markup {
  const has = labels.includes(label);
  const hidden = html`<input type="hidden" name="label" value="${label}">`;
  return form(
    `${here}/${has ? 'unlabel' : 'label'}`,
    html`${hidden}<button class="${has ? '' : 'primary'}">${has ? 'Remove' : 'Add'} the label <b>${label}</b></button>`,
  );
}

function stateForms(here: string, { merge, state, draft }: PullRequest): Markup[] {
  const button = (action: string, text: string): Markup => form(`${here}/${action}`, html`<button>${text}</button>`);
  if (merge) {
    return [];
  }
  return state === 'open'
    ? [
        button('close', 'Close'),
        button('merge', 'Merge'),
        draft ? button('ready', 'Ready for review') : button('draft', 'Make it a draft'),
      ]
    : [button('reopen', 'Reopen')];
}

/** Who does what the buttons say. */
export function personView(repository: Repository, people: readonly { readonly login: string }[]): Markup {
  const mightiestFirst = people.toSorted(
    (a, b) => Number(repository.collaborators.has(b.login)) - Number(repository.collaborators.has(a.login)),
  );
  return html`<label>as <select id="person">${mightiestFirst.map(
    ({ login }) => html`<option value="${login}">${login} (${roleOf(repository, login) ?? 'no access'})</option>`,
  )}</select></label>`;
}

/** Push and comment: nothing of it changes by itself, so nothing typed is ever lost. */
export function sayView(repository: Repository, pullRequest: PullRequest): Markup {
  const here = `/${fullName(repository)}/pull/${pullRequest.number}`;
  return html`<div class="line">${form(
    `${here}/push`,
    html`<label>Change <select name="path">${PLACES.map(([path, what]) => html`<option value="${path}">${what}</option>`)}</select></label> <button>Push a commit</button>`,
  )}
</div>
  ${form(
    `${here}/comment`,
    html`<fieldset class="line"><legend>Comment <code>${PREFIX}</code></legend>${COMMANDS.map(
      ({ example, does }) =>
        html`<button name="body" value="${example}" title="${does}"><code>${example.replace(PREFIX, '').trim()}</code></button>`,
    )}</fieldset>`,
  )}
  <form method="post" action="${here}/comment" data-clear><input type="hidden" name="actor" value=""><div class="line"><label class="grow">Or say anything <input name="body" required autocomplete="off"></label> <button>Comment</button></div></form>`;
}
