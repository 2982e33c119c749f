import { html, raw } from 'hono/html';
import { currentState } from '../behaviour/deployments.ts';
import type { CheckRun } from '../entities/check-run.ts';
import type { Deployment } from '../entities/deployment.ts';
import { changesBetween, commitsBetween } from '../entities/history.ts';
import { type IssueComment, reactionContents } from '../entities/issue-comment.ts';
import { fullName, type PullRequest, type Repository } from '../entities/repository.ts';
import { formTo, quickActionsView } from './controls.ts';
import type { Markup } from './layout.ts';
import { labelsView, stateOf } from './list-view.ts';

export interface PageTools {
  /** Markdown to safe HTML. */
  readonly markdown: (source: string) => string;
  readonly rewriteLink: (href: string) => string;
}

const reactionEmoji = {
  '+1': '👍',
  '-1': '👎',
  laugh: '😄',
  confused: '😕',
  heart: '❤️',
  hooray: '🎉',
  rocket: '🚀',
  eyes: '👀',
};

const outcomeEmoji: { readonly [outcome: string]: string } = {
  success: '✅',
  failure: '❌',
  neutral: '⬜',
  in_progress: '🟡',
  queued: '⏳',
  cancelled: '⬜',
  skipped: '⬜',
  timed_out: '❌',
  error: '❌',
  inactive: '⬜',
  pending: '⏳',
};

function when(date: Date): string {
  return `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

function headView(repository: Repository, pullRequest: PullRequest): Markup {
  const { name, text } = stateOf(pullRequest);
  const { base, head, number } = pullRequest;
  const from = head.repository === repository ? head.ref : `${head.repository.owner.login}:${head.ref}`;
  const commits = commitsBetween(repository, base.sha, head.sha).length;
  const files = changesBetween(repository, base.sha, head.sha);
  return html`<h1>${pullRequest.title} <small>#${number}</small></h1>
    <p><span class="state ${name}">${text}</span> <b>${pullRequest.author.login}</b> wants to merge ${commits} ${commits === 1 ? 'commit' : 'commits'}
      into <code>${base.ref}</code> from <code>${from}</code> · head <code title="${head.sha}">${head.sha.slice(0, 10)}</code></p>
    <p>${labelsView(pullRequest, repository)}</p>
    <details><summary>${files.length} ${files.length === 1 ? 'file' : 'files'} changed</summary><ul>${files.slice(0, 50).map((file) => html`<li><code>${file.path}</code> <span class="muted">+${file.additions} −${file.deletions}</span></li>`)}</ul></details>`;
}

function commentView({ markdown }: PageTools, comment: IssueComment): Markup {
  const counted = reactionContents
    .map((content) => ({ content, count: comment.reactions.filter((each) => each.content === content).length }))
    .filter(({ count }) => count > 0);
  return html`<div class="box comment" id="issuecomment-${comment.id}" data-key="comment-${comment.id}"><div class="by"><b>${comment.author.login}</b>${comment.viaApp ? html` <span class="label">bot</span>` : ''}
    commented ${when(comment.createdAt)}${comment.updatedAt > comment.createdAt ? ' · edited' : ''}</div>
    <div class="text">${raw(markdown(comment.body))}${counted.length > 0 ? html`<p>${counted.map(({ content, count }) => html`<span class="label">${reactionEmoji[content]} ${count}</span>`)}</p>` : ''}</div></div>`;
}

function checkView({ markdown, rewriteLink }: PageTools, here: string, run: CheckRun): Markup {
  const outcome = run.conclusion ?? run.status;
  const details = run.detailsUrl === undefined ? '' : html` · <a href="${rewriteLink(run.detailsUrl)}">Details</a>`;
  return html`<li>${outcomeEmoji[outcome] ?? '⬜'} <b>${run.name}</b> — ${run.output.title ?? outcome}${details}
    ${run.actions.map((action) => formTo(`${here}/check-action`, { checkRunId: String(run.id), identifier: action.identifier }, html`<button title="${action.description}">${action.label}</button>`))}
    ${run.status === 'completed' ? formTo(`${here}/rerun`, { checkRunId: String(run.id) }, html`<button>Re-run</button>`) : ''}
    ${run.output.summary === undefined ? '' : html`<details><summary>Summary</summary><div class="text">${raw(markdown(run.output.summary))}${run.output.text === undefined ? '' : raw(markdown(run.output.text))}</div></details>`}</li>`;
}

function deploymentView({ rewriteLink }: PageTools, deployment: Deployment): Markup {
  const status = deployment.statuses.at(-1);
  const state = currentState(deployment);
  const link = status?.environmentUrl
    ? html` · <a href="${rewriteLink(status.environmentUrl)}">View deployment</a>`
    : '';
  return html`<li>${outcomeEmoji[state] ?? '⬜'} <b>${deployment.environment}</b> <span class="muted">${deployment.task} at <code>${deployment.sha.slice(0, 10)}</code></span> — ${[state.replaceAll('_', ' '), status?.description].filter(Boolean).join(': ')}${link}</li>`;
}

function rows(title: string, items: readonly Markup[]): Markup {
  return items.length === 0 ? html`` : html`<div class="box"><h2>${title}</h2><ul class="rows">${items}</ul></div>`;
}

function newestOfEachName(runs: readonly CheckRun[]): CheckRun[] {
  return [...new Map(runs.map((run) => [run.name, run])).values()];
}

/** Everything on the page that changes by itself, with the buttons that follow the pull request's state. */
export function pullView(tools: PageTools, repository: Repository, pullRequest: PullRequest): Markup {
  return html`${conversationView(tools, repository, pullRequest)}${quickActionsView(repository, pullRequest)}`;
}

/** What a person reads of a pull request on GitHub. */
export function conversationView(tools: PageTools, repository: Repository, pullRequest: PullRequest): Markup {
  const here = `/${fullName(repository)}/pull/${pullRequest.number}`;
  const comments = [...repository.comments.values()].filter(({ number }) => number === pullRequest.number);
  const shas = new Set([
    pullRequest.head.sha,
    ...commitsBetween(repository, pullRequest.base.sha, pullRequest.head.sha).map(({ sha }) => sha),
  ]);
  const runs = [...repository.checkRuns.values()].filter((run) => run.suite.headSha === pullRequest.head.sha);
  const deployments = [...repository.deployments.values()].filter(
    ({ sha, ref }) => shas.has(sha) || ref === pullRequest.head.ref,
  );
  return html`${headView(repository, pullRequest)}
    <div class="box"><div class="by"><b>${pullRequest.author.login}</b> opened this ${when(pullRequest.createdAt)}</div><div class="text">${raw(tools.markdown(pullRequest.body ?? '*No description provided.*'))}</div></div>
    ${comments.map((comment) => commentView(tools, comment))}
    ${rows(
      'Checks',
      newestOfEachName(runs).map((run) => checkView(tools, here, run)),
    )}
    ${rows(
      'Deployments',
      deployments.toReversed().map((deployment) => deploymentView(tools, deployment)),
    )}`;
}
