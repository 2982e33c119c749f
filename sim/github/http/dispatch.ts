import { badCredentials, GitHubError, invalidRequest, notFound } from '../errors.ts';
import type { Faults, RestEffect } from '../faults.ts';
import { isJsonObject, type JsonObject } from '../json.ts';
import type { Description, MatchedOperation } from '../openapi/description.ts';
import type { OpenApiValidator } from '../openapi/validator.ts';
import type { World } from '../world.ts';
import type { Authenticator } from './authentication.ts';
import { refuseForbidden } from './authorisation.ts';
import type { Answer, Call, Routes } from './call.ts';
import type { Caller } from './caller.ts';
import type { RestAnswer, RestRequest } from './exchange.ts';
import { bodyOf, finish } from './finish.ts';
import { primaryLimitExceeded, type RateLimits, secondaryLimitExceeded } from './rate-limit.ts';

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

/** Throws what GitHub answers who may not ask. */
function callOf(
  world: World,
  { operation, params }: MatchedOperation,
  { request, caller }: { request: RestRequest; caller: Caller },
): Call {
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

export function createDispatch(options: DispatchOptions): (request: RestRequest) => Promise<RestAnswer> {
  const { world, description, validator, authenticator, limits, faults, routes } = options;

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
      answer = answerOf(matched, callOf(world, matched, { request, caller }));
    } catch (error) {
      answer = refusal(error);
    }
    const content = bodyOf(answer, request);
    judge(matched, answer.status, content.body);
    const finished = finish({ answer, content, request });
    if (finished.status === 304 && caller.kind !== 'anonymous') {
      limits.refund(caller);
    }
    const headers = {
      'content-type': 'application/json; charset=utf-8',
      ...limits.headers(caller),
      ...finished.headers,
    };
    return { ...finished, headers, operation, caller, lost: effect?.kind === 'lose-answer' };
  };
}
