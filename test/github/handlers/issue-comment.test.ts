import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { IntakeEvent } from '../../../src/reconcile/intake.ts';
import { type RunningApp, startApp } from '../running-app.ts';
import { commentEvent } from './payloads.ts';

let app: RunningApp;
const HEAD = 'c'.repeat(40);
const SNAPSHOT = {
  headSha: HEAD,
  headRef: 'feature',
  baseRef: 'main',
  title: 'feat: now',
  fromFork: false,
  draft: false,
  author: 'alice',
  authorIsBot: false,
};

beforeAll(async () => {
  app = await startApp();
});
afterAll(async () => await app.stop());
beforeEach(() => {
  app.intake.received.length = 0;
  app.github.reads.length = 0;
  app.github.roles.clear();
  app.github.roles.set('alice', 'write').set('tess', 'triage');
  app.github.pull = { state: 'open', head: HEAD };
});

async function takenFrom(
  body: string,
  more: Parameters<typeof commentEvent>[1] = {},
): Promise<IntakeEvent | undefined> {
  const posted = await app.deliver('issue_comment', commentEvent(body, more));
  expect(posted.status).toBe(200);
  expect(app.intake.received.length).toBeLessThanOrEqual(1);
  return app.intake.received[0];
}

function understood(...messages: unknown[]): unknown {
  return { id: 99, messages, understood: true };
}

describe('a comment', () => {
  it.each([
    ['/ephemeral extend 3d', [{ kind: 'extend', bySeconds: 259_200 }], understood()],
    ['/EPHEMERAL destroy', [{ kind: 'release', reason: 'asked' }], understood()],
    ['/ephemeral create', [{ kind: 'want', snapshot: SNAPSHOT, commanded: true }], understood()],
    ['/ephemeral redeploy', [{ kind: 'follow', snapshot: SNAPSHOT }, { kind: 'redeploy' }], understood()],
    ['/ephemeral help', [], understood({ kind: 'help' })],
    ['/ephemeral status', [{ kind: 'look' }], understood({ kind: 'status' })],
    ['/ephemeral logs api', [], understood({ kind: 'logs', service: 'api' })],
    [
      'Thanks!\n\n/ephemeral extend 1d\n/ephemeral status',
      [{ kind: 'extend', bySeconds: 86_400 }, { kind: 'look' }],
      understood({ kind: 'status' }),
    ],
  ])('that says %j asks for %j', async (body, asks, comment) => {
    expect(await takenFrom(body)).toMatchObject({ actor: 'alice', asks, comment });
  });

  it('that misspells a command is answered with the line, the mistake and an example', async () => {
    const taken = await takenFrom('Hello\n/ephemeral extned 3d');
    expect(taken?.asks).toEqual([]);
    expect(taken?.comment).toMatchObject({
      understood: false,
      messages: [{ kind: 'problem', line: '/ephemeral extned 3d', example: '/ephemeral extend 3d' }],
    });
  });

  it('does what it could read although another line was wrong', async () => {
    const taken = await takenFrom('/ephemeral destroy\n/ephemeral nonsense');
    expect(taken?.asks).toEqual([{ kind: 'release', reason: 'asked' }]);
    expect(taken?.comment?.understood).toBe(false);
  });

  it.each([
    ['> /ephemeral destroy', 'a quote'],
    ['```\n/ephemeral destroy\n```', 'a code block'],
    ['    /ephemeral destroy', 'indented code'],
    ['please `/ephemeral destroy`', 'in the middle of a line'],
    ['/ephemeralx destroy', 'another word'],
    ['LGTM', 'not for us'],
  ])('that says %j is left alone and costs nothing: %s', async (body) => {
    expect(await takenFrom(body)).toBeUndefined();
    expect(app.github.reads).toEqual([]);
  });

  it.each<[Parameters<typeof commentEvent>[1], string]>([
    [{ action: 'edited' }, 'an edit is no command'],
    [{ action: 'deleted' }, 'nor is a deletion'],
    [{ isPull: false }, 'an issue has no environment'],
    [{ sender: { login: 'dependabot[bot]', type: 'Bot' } }, 'bots are not obeyed'],
    [{ sender: { login: 'mayfly[bot]', type: 'Bot' } }, 'least of all ourselves'],
  ])('%j is left alone: %s', async (more) => {
    expect(await takenFrom('/ephemeral destroy', more)).toBeUndefined();
  });

  it.each(['tess', 'stranger'])('of somebody who may not write (%s) does nothing and is told so', async (login) => {
    const taken = await takenFrom('/ephemeral destroy', { sender: { login } });
    expect(taken?.asks).toEqual([]);
    expect(taken?.comment).toEqual({
      id: 99,
      messages: [{ kind: 'not-allowed', login, needed: 'write' }],
      understood: false,
    });
  });

  it('of a bot that is allowed is obeyed', async () => {
    const taken = await takenFrom('/ephemeral destroy', { sender: { login: 'renovate[bot]', type: 'Bot' } });
    expect(taken?.asks).toEqual([{ kind: 'release', reason: 'asked' }]);
  });

  it('binds a command to the commit that stands now, read once', async () => {
    await takenFrom('/ephemeral create\n/ephemeral redeploy');
    expect(app.github.reads).toEqual([
      '/repos/dvsa/vol-app/collaborators/alice/permission',
      '/repos/dvsa/vol-app/pulls/1721',
    ]);
  });

  it('passes on that the commit is a fork’s', async () => {
    app.github.pull = { state: 'open', head: HEAD, fork: true };
    expect((await takenFrom('/ephemeral create'))?.asks).toEqual([
      { kind: 'want', snapshot: { ...SNAPSHOT, fromFork: true }, commanded: true },
    ]);
  });

  it('cannot create an environment for a closed pull request', async () => {
    app.github.pull = { state: 'closed', head: HEAD };
    const taken = await takenFrom('/ephemeral create');
    expect(taken?.asks).toEqual([]);
    expect(taken?.comment).toMatchObject({ understood: false, messages: [{ kind: 'problem' }] });
  });

  it('asks for a suite at whatever commit is served, and asks GitHub no more than who may ask', async () => {
    app.github.reads.length = 0;
    expect((await takenFrom('/ephemeral test Smoke'))?.asks).toEqual([{ kind: 'test', suite: 'smoke', sha: null }]);
    expect(app.github.reads.filter((read) => !read.endsWith('/permission'))).toEqual([]);
  });
});
