import type { PullRequest } from '../entities/repository.ts';
import { type Answer, type Call, list, ok, type Routes, repositoryOf } from '../http/call.ts';
import { issueJson } from '../wire/issue-comment.ts';
import { issueEventJson } from '../wire/issue-event.ts';
import type { World } from '../world.ts';
import { pullRequestOf } from './pulls.ts';

/** Bears every label that is asked for: `labels=bug,ui`, told apart without case. */
function isAskedFor({ state, labels }: PullRequest, query: URLSearchParams): boolean {
  const wanted = query.get('state') ?? 'open';
  const borne = labels.map((name) => name.toLowerCase());
  const names = (query.get('labels') ?? '').split(',').filter((name) => name !== '');
  return (wanted === 'all' || wanted === state) && names.every((name) => borne.includes(name.toLowerCase()));
}

/** There are no issues here but those that pull requests are. Newest first, as GitHub lists them. */
function listIssues(world: World, call: Call): Answer {
  const repository = repositoryOf(call);
  const found = [...repository.pullRequests.values()]
    .filter((pullRequest) => isAskedFor(pullRequest, call.query))
    .toSorted((a, b) => b.number - a.number);
  return list(found.map((pullRequest) => issueJson(world, repository, pullRequest)));
}

export function createIssueRoutes(world: World): Routes {
  return {
    'issues/get': (call) => ok(issueJson(world, repositoryOf(call), pullRequestOf(call, 'issue_number'))),
    'issues/list-for-repo': (call) => listIssues(world, call),
    'issues/list-events': (call) => {
      const { events } = pullRequestOf(call, 'issue_number');
      return list(events.map((event) => issueEventJson(world, repositoryOf(call), event)));
    },
  };
}
