import type { JsonObject } from './json.ts';

const documentationUrl = 'https://docs.github.com/rest';

/** An answer that refuses, in GitHub's shape. */
export class GitHubError extends Error {
  override readonly name = 'GitHubError';
  readonly status: number;
  readonly body: JsonObject;
  readonly headers: { readonly [name: string]: string };

  constructor(status: number, message: string, more: { body?: JsonObject; headers?: { [name: string]: string } } = {}) {
    super(message);
    this.status = status;
    this.body = { message, documentation_url: documentationUrl, status: String(status), ...more.body };
    this.headers = more.headers ?? {};
  }
}

export function notFound(): GitHubError {
  return new GitHubError(404, 'Not Found');
}

export function badCredentials(message = 'Bad credentials'): GitHubError {
  return new GitHubError(401, message);
}

/** What an installation token without the permission gets. */
export function integrationForbidden(): GitHubError {
  return new GitHubError(403, 'Resource not accessible by integration');
}

/** What a person without the role gets. */
export function roleForbidden(): GitHubError {
  return new GitHubError(403, 'Must have admin rights to Repository.');
}

/** A request whose shape GitHub's schema refuses. */
export function invalidRequest(problems: readonly string[]): GitHubError {
  return new GitHubError(422, `Invalid request.\n\n${problems.join('\n')}`);
}

/** A request of the right shape that cannot be done. */
export function validationFailed(error: {
  resource: string;
  code: string;
  field?: string;
  message?: string;
}): GitHubError {
  return new GitHubError(422, 'Validation Failed', { body: { errors: [error] } });
}

export function unprocessable(message: string): GitHubError {
  return new GitHubError(422, message);
}
