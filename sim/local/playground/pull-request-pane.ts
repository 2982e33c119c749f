import type { PullRequest, Repository } from '../../github/entities/repository.ts';
import type { Markup } from '../../github/page/layout.ts';
import { createMarkdown } from '../../github/page/markdown.ts';
import { conversationView } from '../../github/page/pull-view.ts';

/** Draws a pull request as GitHub's own page does, with the links of its environment leading to the local cloud. */
export function createPullRequestPane(
  rewriteLink: (href: string) => string,
): (repository: Repository, pullRequest: PullRequest) => Markup {
  const tools = { markdown: createMarkdown(rewriteLink), rewriteLink };
  return (repository, pullRequest) => conversationView(tools, repository, pullRequest);
}
