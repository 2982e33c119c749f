import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Answers the few reads that handlers make; anything else is a 500, and a write is remembered. */
export interface StubGitHub {
  readonly url: string;
  /** `GET /repos/…`, in the order they came; tokens left out. */
  readonly reads: string[];
  readonly writes: string[];
  /** What a login may do: `admin`, `write`, `triage` or `read`; a login that is not here is a stranger. */
  readonly roles: Map<string, string>;
  /** The pull request as it stands now. */
  pull: { state: string; head: string; fork?: boolean };
  /** What every read is answered with instead. */
  outage: number | undefined;
  close(): Promise<void>;
}

const LEGACY: Record<string, string> = { maintain: 'write', triage: 'read' };

export async function startStubGitHub(): Promise<StubGitHub> {
  const server = createServer((request, response) => {
    const { status, body } = answer(stub, request);
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const stub: StubGitHub = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    reads: [],
    writes: [],
    roles: new Map(),
    pull: { state: 'open', head: 'a'.repeat(40) },
    outage: undefined,
    async close() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
  return stub;
}

function answer(stub: StubGitHub, { method, url = '' }: IncomingMessage): { status: number; body: unknown } {
  if (method === 'POST' && url.endsWith('/access_tokens')) {
    return { status: 201, body: { token: 'ghs_stub', expires_at: '2099-01-01T00:00:00Z', permissions: {} } };
  }
  (method === 'GET' ? stub.reads : stub.writes).push(url);
  if (stub.outage !== undefined) {
    return { status: stub.outage, body: { message: 'the token ghs_stub is out' } };
  }
  const [, login] = /\/collaborators\/([^/]+)\/permission$/.exec(url) ?? [];
  if (login !== undefined) {
    return permissionOf(stub.roles.get(decodeURIComponent(login)));
  }
  if (/\/pulls\/\d+$/.test(url)) {
    return { status: 200, body: pullBody(stub.pull) };
  }
  return { status: 500, body: { message: `no answer for ${method} ${url}` } };
}

function permissionOf(role: string | undefined): { status: number; body: unknown } {
  return role === undefined
    ? { status: 404, body: { message: 'is not a user' } }
    : { status: 200, body: { permission: LEGACY[role] ?? role, role_name: role, user: null } };
}

function pullBody({ state, head, fork = false }: StubGitHub['pull']): unknown {
  const side = (ref: string, sha: string, id: number) => ({ ref, sha, repo: { id } });
  return {
    state,
    title: 'feat: now',
    draft: false,
    user: { login: 'alice', type: 'User' },
    head: side('feature', head, fork ? 2 : 1),
    base: side('main', 'b'.repeat(40), 1),
  };
}
