import { createHash } from 'node:crypto';
import { badCredentials, GitHubError, invalidRequest, notFound } from '../errors.ts';
import type { Faults, RestEffect } from '../faults.ts';
import { isJsonObject, type JsonObject } from '../json.ts';
import type { MatchedOperation, Description } from '../openapi/description.ts';
import type { OpenApiValidator } from '../openapi/validator.ts';
import type { World } from '../world.ts';
import type { Authenticator } from './authentication.ts';
import { refuseForbidden } from './authorisation.ts';
import type { Answer, Call, Routes } from './call.ts';
import type { Caller } from './caller.ts';
import { paginate } from './pagination.ts';
import { primaryLimitExceeded, type RateLimits, secondaryLimitExceeded } from './rate-limit.ts';

export interface RestRequest {
  readonly method: string;
  /** Absolute, without `/api/v3`. */
  readonly url: URL;
  readonly headers: { readonly [name: string]: string | undefined };
  readonly body: string;
}

export interface RestAnswer {
  readonly status: number;
  readonly headers: { readonly [name: string]: string };
  readonly body: string;
  readonly operation: string | undefined;
  readonly caller: Caller;
  /** The answer must not reach the client: a fault asked for that. */
  readonly lost: boolean;
}

export interface DispatchOptions {
  readonly world: World;
  readonly description: Description;
  readonly validator: OpenApiValidator;
  readonly authenticator: Authenticator;
  readonly limits: RateLimits;
  readonly faults: Faults;
  readonly routes: Routes;
  /** Told of answers of ours that GitHub's description does not allow. */
  readonly onViolation: (violation: string) => void;
}

/** Only a JSON web token opens these; the others are closed to it. */
const appOnly = new Set([
  'apps/get-authenticated',
  'apps/list-installations',
  'apps/get-installation',
  'apps/get-repo-installation',
  'apps/create-installation-access-token',
  'apps/list-webhook-deliveries',
  'apps/get-webhook-delivery',
  'apps/redeliver-webhook-delivery',
]);

function parseBody(body: string): JsonObject {
  if (body === '') {
    return {};
  }
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    throw new GitHubError(400, 'Problems parsing JSON');
  }
  // `["a"]` is accepted where `{"labels": ["a"]}` is: the label operations still allow it.
  if (Array.isArray(parsed)) {
    return { labels: parsed };
  }
  if (!isJsonObject(parsed)) {
    throw new GitHubError(400, 'Body should be a JSON object');
  }
  return parsed;
}

function refuseByFault(effect: RestEffect | undefined, caller: Caller): void {
  if (effect?.kind === 'status') {
    throw new GitHubError(effect.status, effect.message ?? 'Server Error');
  }
  if (effect?.kind === 'primary-limit') {
    throw primaryLimitExceeded(caller);
  }
  if (effect?.kind === 'secondary-limit') {
    throw secondaryLimitExceeded(effect.retryAfterSeconds);
  }
}

function etagOf(body: string): string {
  return `W/"${createHash('sha256').update(body).digest('hex')}"`;
}

export function createDispatch(options: DispatchOptions): (request: RestRequest) => Promise<RestAnswer> {
  const { world, description, validator, authenticator, limits, faults, routes } = options;

  function callOf({ operation, params }: MatchedOperation, request: RestRequest, caller: Caller): Call {
    const { id } = operation;
    if (appOnly.has(id) && caller.kind !== 'app') {
      throw badCredentials('A JSON web token could not be decoded');
    }
    const name = `${params['owner'] ?? ''}/${params['repo'] ?? ''}`;
    const repository = 'repo' in params && !appOnly.has(id) ? world.store.repositories.get(name) : undefined;
    if (repository) {
      refuseForbidden(id, caller, repository);
    } else if ('repo' in params && !appOnly.has(id)) {
      throw notFound();
    }
    const accept = request.headers['accept'] ?? '';
    const query = request.url.searchParams;
    return { operation: id, params, query, body: parseBody(request.body), caller, accept, repository };
  }

  function answerOf(matched: MatchedOperation, call: Call): Answer {
    const handler = routes[matched.operation.id];
    if (!handler) {
      throw notFound();
    }
    const problems = validator.requestProblems(matched.operation, call.query, call.body);
    if (problems.length > 0) {
      throw invalidRequest(problems);
    }
    return handler(call);
  }

  function judge(matched: MatchedOperation | undefined, status: number, body: unknown): void {
    const problems = matched ? validator.responseProblems(matched.operation, status, body) : [];
    for (const problem of problems) {
      options.onViolation(`${matched?.operation.id ?? ''} ${status}: ${problem}`);
    }
  }

  function finish(
    request: RestRequest,
    { answer, matched }: { answer: Answer; matched: MatchedOperation | undefined },
  ) {
    const page = answer.list && paginate(answer.list.items, request.url);
    const body = page ? (answer.list?.wrap?.(page.items) ?? page.items) : answer.body;
    judge(matched, answer.status, body);
    const text = typeof body === 'string' ? body : JSON.stringify(body ?? '');
    const sent = answer.status === 204 ? '' : text;
    const headers = {
      ...(page?.link && { link: page.link }),
      ...(request.method === 'GET' && { etag: etagOf(sent) }),
      ...answer.headers,
    };
    const unchanged = answer.status === 200 && 'etag' in headers && request.headers['if-none-match'] === headers.etag;
    return unchanged ? { status: 304, headers, body: '' } : { status: answer.status, headers, body: sent };
  }

  function refusal(error: unknown): Answer {
    if (error instanceof GitHubError) {
      return { status: error.status, body: error.body, headers: error.headers };
    }
    options.onViolation(
      `the simulator failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
    return { status: 500, body: { message: 'Server Error' } };
  }

  return async (request) => {
    const matched = description.match(request.method, request.url.pathname);
    const operation = matched?.operation.id;
    let caller: Caller = { kind: 'anonymous' };
    let effect: RestEffect | undefined;
    let answer: Answer;
    try {
      caller = await authenticator.callerOf(request.headers['authorization']);
      if (!matched) {
        throw notFound();
      }
      if (operation !== 'rate-limit/get') {
        limits.use(caller);
      }
      effect = faults.takeRest(matched.operation.id);
      if (effect?.kind === 'primary-limit') {
        limits.exhaust(caller);
      }
      refuseByFault(effect, caller);
      answer = answerOf(matched, callOf(matched, request, caller));
    } catch (error) {
      answer = refusal(error);
    }
    const finished = finish(request, { answer, matched });
    const headers = {
      'content-type': 'application/json; charset=utf-8',
      ...limits.headers(caller),
      ...finished.headers,
    };
    return { ...finished, headers, operation, caller, lost: effect?.kind === 'lose-answer' };
  };
}
