import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Delivery } from '../../../src/reconcile/inbox/delivery.ts';
import { type RunningApp, startApp } from '../running-app.ts';
import { commentEvent } from './payloads.ts';

let app: RunningApp;

beforeAll(async () => {
  app = await startApp();
});
afterAll(async () => await app.stop());
beforeEach(() => {
  app.intake.received.length = 0;
  app.github.reads.length = 0;
});

async function takenFrom(body: string, more: Parameters<typeof commentEvent>[1] = {}): Promise<Delivery | undefined> {
  const posted = await app.deliver('issue_comment', commentEvent(body, more));
  expect(posted.status).toBe(200);
  expect(app.intake.received.length).toBeLessThanOrEqual(1);
  return app.intake.received[0];
}

describe('a comment', () => {
  it.each([
    ['/ephemeral extend 3d', [{ name: 'extend', seconds: 259_200 }]],
    ['/EPHEMERAL destroy', [{ name: 'destroy' }]],
    ['/ephemeral create', [{ name: 'create' }]],
    ['/ephemeral test Smoke', [{ name: 'test', suite: 'smoke' }]],
    ['Thanks!\n\n/ephemeral extend 1d\n/ephemeral status', [{ name: 'extend', seconds: 86_400 }, { name: 'status' }]],
  ])('that says %j says %j to Mayfly', async (body, commands) => {
    expect(await takenFrom(body)).toMatchObject({
      sender: { login: 'alice', isBot: false },
      saidAt: new Date('2026-11-20T12:00:00Z'),
      says: { kind: 'comment', commentId: 99, commands, problems: [] },
    });
  });

  it('that misspells a command is taken in with the line, the mistake and an example', async () => {
    expect((await takenFrom('Hello\n/ephemeral extned 3d'))?.says).toMatchObject({
      commands: [],
      problems: [{ kind: 'problem', line: '/ephemeral extned 3d', example: '/ephemeral extend 3d' }],
    });
  });

  it('is taken in without anything else that it says', async () => {
    const body = `My password is hunter2.\n/ephemeral nonsense ${'x'.repeat(5000)}`;
    const kept = JSON.stringify(await takenFrom(body));
    expect(kept).not.toContain('hunter2');
    expect(kept.length).toBeLessThan(1000);
  });

  it.each([
    ['> /ephemeral destroy', 'a quote'],
    ['```\n/ephemeral destroy\n```', 'a code block'],
    ['    /ephemeral destroy', 'indented code'],
    ['please `/ephemeral destroy`', 'in the middle of a line'],
    ['/ephemeralx destroy', 'another word'],
    ['LGTM', 'not for us'],
  ])('that says %j is left alone: %s', async (body) => {
    expect(await takenFrom(body)).toBeUndefined();
  });

  it.each<[Parameters<typeof commentEvent>[1], string]>([
    [{ action: 'edited', from: '/ephemeral destroy' }, 'the edit changes nothing that is said to Mayfly'],
    [{ action: 'edited' }, 'something else of it was edited'],
    [{ action: 'edited', from: 'Hello', sender: { login: 'other[bot]', type: 'Bot' } }, 'a bot is not even told'],
    [{ action: 'deleted' }, 'nor is a deletion'],
    [{ isPull: false }, 'an issue has no environment'],
    [{ sender: { login: 'dependabot[bot]', type: 'Bot' } }, 'bots are not obeyed'],
    [{ sender: { login: 'mayfly[bot]', type: 'Bot' } }, 'least of all ourselves'],
    [{ viaApp: 'some-agent' }, 'an app wrote it in the name of a person'],
    [{ viaApp: 'mayfly' }, 'we wrote it in the name of a person'],
    [{ sender: { login: 'ghost-of-import', type: 'Mannequin' } }, 'nobody stands behind it'],
  ])('%j is left alone: %s', async (more) => {
    expect(await takenFrom('/ephemeral destroy', more)).toBeUndefined();
  });

  it('that was edited into a command is no command, and is told so', async () => {
    expect((await takenFrom('/ephemeral destroy', { action: 'edited', from: 'Hello' }))?.says).toEqual({
      kind: 'comment',
      commentId: 99,
      commands: [],
      problems: [
        {
          kind: 'problem',
          line: '/ephemeral destroy',
          problem: expect.stringContaining('edited'),
          example: null,
        },
      ],
    });
  });

  it('that an app which is allowed wrote in the name of a person is that person’s', async () => {
    expect(await takenFrom('/ephemeral destroy', { viaApp: 'renovate' })).toMatchObject({
      sender: { login: 'alice', isBot: false },
      says: { commands: [{ name: 'destroy' }] },
    });
  });

  it('of a bot that is allowed is heard', async () => {
    const sender = { login: 'renovate[bot]', type: 'Bot' };
    expect(await takenFrom('/ephemeral destroy', { sender })).toMatchObject({
      sender: { login: 'renovate[bot]', isBot: true },
    });
  });

  it('costs GitHub no call', async () => {
    await takenFrom('/ephemeral create\n/ephemeral redeploy');
    expect(app.github.reads).toEqual([]);
  });
});
