import type { PullRequestRef } from '../domain/environment.ts';

/**
 * Where people read a pull request, from where its REST API is: `https://api.github.com`, `https://api.acme.ghe.com` or
 * `https://github.acme.example/api/v3` (REST API, "Getting started").
 */
export function pullRequestPage(apiUrl: string, { repository, number }: PullRequestRef): string {
  const { protocol, host } = new URL(apiUrl);
  return `${protocol}//${host.replace(/^api\./, '')}/${repository}/pull/${number}`;
}
