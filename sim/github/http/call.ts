import type { Account } from '../entities/account.ts';
import type { Repository } from '../entities/repository.ts';
import { integrationForbidden, notFound } from '../errors.ts';
import type { JsonObject } from '../json.ts';
import type { Caller } from './caller.ts';

/** A request that was understood: authenticated, permitted, and of the shape GitHub describes. */
export interface Call {
  readonly operation: string;
  readonly params: { readonly [name: string]: string };
  readonly query: URLSearchParams;
  readonly body: JsonObject;
  readonly caller: Caller;
  readonly accept: string;
  /** The one in the path, if the path names one. */
  readonly repository: Repository | undefined;
}

export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  /** Instead of a body: cut to the page asked for, then wrapped if the operation wraps its lists. */
  readonly list?: {
    readonly items: readonly JsonObject[];
    readonly wrap?: (page: readonly JsonObject[]) => JsonObject;
    /** Pages are numbered unless they are asked for by the id of the last item before them. */
    readonly pagedBy?: 'cursor';
  };
  readonly headers?: { readonly [name: string]: string };
}

type Handler = (call: Call) => Answer;

/** Handlers by GitHub's operation id. */
export interface Routes {
  readonly [operation: string]: Handler;
}

export function param(call: Call, name: string): string {
  return call.params[name] ?? '';
}

export function numberParam(call: Call, name: string): number {
  return Number(param(call, name));
}

export function repositoryOf(call: Call): Repository {
  if (!call.repository) {
    throw notFound();
  }
  return call.repository;
}

/** Who acts: the person, or the app's bot. */
export function actorOf(call: Call): Account {
  if (call.caller.kind === 'user' || call.caller.kind === 'installation') {
    return call.caller.account;
  }
  throw integrationForbidden();
}

export function isApp(call: Call): boolean {
  return call.caller.kind === 'installation';
}

export function sceneOf(call: Call): { repository: Repository; actor: Account } {
  return { repository: repositoryOf(call), actor: actorOf(call) };
}

export function ok(body: unknown): Answer {
  return { status: 200, body };
}

export function created(body: unknown): Answer {
  return { status: 201, body };
}

/** It will be done, and nothing is said of how. */
export const accepted: Answer = { status: 202, body: {} };

export const noContent: Answer = { status: 204 };

export function list(items: readonly JsonObject[], wrap?: (page: readonly JsonObject[]) => JsonObject): Answer {
  return { status: 200, list: { items, ...(wrap && { wrap }) } };
}

/** The entity, or a 404. */
export function found<Entity>(entity: Entity | undefined): Entity {
  if (entity === undefined) {
    throw notFound();
  }
  return entity;
}
