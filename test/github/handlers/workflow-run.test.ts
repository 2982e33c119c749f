import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type RunningApp, startApp } from '../running-app.ts';
import { workflowRunEvent } from './payloads.ts';

let app: RunningApp;

beforeAll(async () => {
  app = await startApp();
});
afterAll(async () => await app.stop());
beforeEach(() => {
  app.intake.heard.length = 0;
  app.github.reads.length = 0;
});

describe('a workflow run', () => {
  it.each([
    ['in_progress', 'workflow_dispatch', [812]],
    ['completed', 'workflow_dispatch', [812]],
    ['requested', 'workflow_dispatch', []],
    ['completed', 'push', []],
  ])('that is %s after %s is heard as %j', async (action, event, heard) => {
    expect((await app.deliver('workflow_run', workflowRunEvent(action, { id: 812, event }))).status).toBe(200);
    expect(app.intake.heard).toEqual(heard);
  });

  it('asks for nothing, and has GitHub asked for nothing', async () => {
    await app.deliver('workflow_run', workflowRunEvent('completed', { id: 812, event: 'workflow_dispatch' }));
    expect(app.intake.received).toEqual([]);
    expect(app.github.reads).toEqual([]);
  });
});
