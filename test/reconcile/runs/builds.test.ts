import { describe, expect, it } from '@jest/globals';
import { TerminalError, TransientError } from '../../../src/domain/failure.ts';
import { NEXT_SHA, type RunStage, SHA, startRunStage } from './run-stage.ts';

const BUILD = { workflow: 'build.yaml', inputs: { sha: '${pr.headSha}' } };
const service = (image: string) => ({ image, port: 8080, host: image, listeners: [80] });
const workflow = (inputs: string) => `
run-name: Images \${{ inputs.correlation_id }}
on:
  workflow_dispatch:
    inputs: { ${inputs}, correlation_id: {} }
`;
const BOTH = { web: service('web'), api: service('api') };
const OUTPUTS = { outputs: { reference: 'web:1', tag: '1', origin: 'head' } };

/** An environment whose images are in no registry. */
async function waiting({
  services = { web: service('web') },
  inputs = 'sha: {}',
  build = BUILD,
  tag = 'pr-{sha7}',
}: {
  services?: object;
  inputs?: string;
  build?: object | null;
  tag?: string;
} = {}): Promise<RunStage> {
  const images = { tag, deadline: '20m', ...(build && { build }) };
  const stage = await startRunStage({
    blueprint: { version: 1, database: false, images, services },
    workflow: workflow(inputs),
  });
  stage.resources.set('image', { ...OUTPUTS, readyAfterSeconds: 1e6 });
  await stage.live(10);
  return stage;
}

const images = (stage: RunStage) => stage.reports.at(-1)?.steps.find(({ title }) => title === 'Images');
const refusals = (reason: string) =>
  Array.from({ length: 99 }, () => new TerminalError(reason, 'no', { actor: 'operator' }));
const failure = (stage: RunStage) => stage.reports.at(-1)?.failures[0];

describe('an image that is missing', () => {
  it('is built once, and the pull request says by which run', async () => {
    const stage = await waiting();
    await stage.live(120);

    expect(stage.workflows.runs).toHaveLength(1);
    expect(stage.workflows.runs[0]).toMatchObject({ workflow: 'build.yaml', ref: 'feature/basket' });
    expect(stage.workflows.runs[0]?.inputs).toMatchObject({ sha: SHA, correlation_id: expect.any(String) });
    expect(images(stage)).toMatchObject({
      state: 'running',
      waitingFor: 'image `web:pr-ec021a6`',
      building: { number: 1 },
    });
  });

  it('is built by one run with all that are asked for in the same words', async () => {
    const stage = await waiting({ services: BOTH });
    await stage.live(60);
    stage.restart();
    await stage.live(60);

    expect(stage.workflows.runs).toHaveLength(1);
    expect(stage.reads).toHaveLength(1);
    expect((await stage.runs()).map(({ subject }) => subject)).toEqual(['web:pr-ec021a6', 'api:pr-ec021a6']);
  });

  it('is built by a run of its own where the workflow asks which one to build', async () => {
    const stage = await waiting({ services: BOTH, inputs: 'sha: {}, service: {}, tag: {}' });
    await stage.live(60);

    expect(stage.workflows.runs.map(({ inputs }) => [inputs['service'], inputs['tag']])).toEqual([
      ['web', 'pr-ec021a6'],
      ['api', 'pr-ec021a6'],
    ]);
  });

  it('is one run when the process died between asking GitHub and writing down its answer', async () => {
    const stage = await waiting();
    const [before] = stage.workflows.runs;
    await stage.push(NEXT_SHA);
    stage.workflows.errors.start = { error: new TransientError('GitHubUnavailable', 'no answer'), after: true };
    await stage.pass();
    stage.restart();
    await stage.live(120);

    expect(stage.workflows.runs).toHaveLength(2);
    expect(before?.facts.conclusion).toBeNull();
    expect(images(stage)).toMatchObject({ building: { number: 2 } });
  });

  it('is not built while nobody can say whether it is there', async () => {
    const stage = await waiting();
    stage.resources.set('image', { errors: { observe: refusals('RegistryForbidden') } });
    await stage.push();
    await stage.live(30);

    expect(failure(stage)).toMatchObject({ reason: 'RegistryForbidden' });
    expect(stage.workflows.runs.length).toBe(1);
  });

  it('is missing past its deadline, whatever its build does, which is linked to', async () => {
    const stage = await waiting();
    stage.resources.set('image', { errors: { observe: refusals('ImageMissing') } });
    await stage.live(60);

    expect(failure(stage)).toMatchObject({ reason: 'ImageMissing', link: { number: 1 } });
    expect(images(stage)).toMatchObject({ state: 'failed' });
  });

  it('is only waited for where the blueprint names no build', async () => {
    const stage = await waiting({ build: null });
    await stage.live(120);

    expect(stage.workflows.runs).toEqual([]);
    expect(images(stage)).toMatchObject({ state: 'running' });
    expect(images(stage)?.building).toBeUndefined();
  });

  it('is there as soon as the registry says so, whatever its run says', async () => {
    const stage = await waiting();
    stage.resources.set('image', OUTPUTS);
    stage.resources.destroy('web:pr-ec021a6');
    await stage.live(120);

    expect(stage.workflows.runs).toMatchObject([{ facts: { state: 'queued' } }]);
    expect(stage.reports.at(-1)?.phase).toBe('ready');
    expect(stage.unexpected).toEqual([]);
  });
});

describe('a build that brings no image', () => {
  it.each([
    ['failure', 'failed'],
    ['cancelled', 'was cancelled'],
    ['timed-out', 'took too long'],
  ] as const)('says so when its run ended with %s, with a link and what to do', async (conclusion, words) => {
    const stage = await waiting();
    stage.workflows.to(0, { state: 'ended', conclusion });
    await stage.live(60);

    expect(failure(stage)).toMatchObject({
      reason: 'BuildFailed',
      actor: 'author',
      message: expect.stringContaining(`run #1 ${words}`),
      link: { number: 1, url: 'https://github.example/runs/1' },
    });
    expect(stage.reports.at(-1)?.phase).toBe('failing');
  });

  it('says that its run succeeded and pushed nothing, once that cannot be a matter of seconds', async () => {
    const stage = await waiting();
    stage.workflows.to(0, { state: 'ended', conclusion: 'success' });
    await stage.live(30);
    expect(failure(stage)).toBeUndefined();
    await stage.live(90);

    expect(failure(stage)).toMatchObject({ reason: 'ImageNotPushed', link: { number: 1 } });
  });

  it('says why it was not started', async () => {
    const stage = await waiting({ build: { ...BUILD, repository: 'acme/nowhere' } });
    await stage.live(30);

    expect(failure(stage)).toMatchObject({
      reason: 'BuildNotStarted',
      message: expect.stringContaining('acme/nowhere'),
    });
  });

  it('is started once more when somebody has the commit deployed again, and not by itself', async () => {
    const stage = await waiting();
    stage.workflows.to(0, { state: 'ended', conclusion: 'failure' });
    await stage.live(300);
    expect(stage.workflows.runs).toHaveLength(1);

    await stage.ask({ kind: 'redeploy', sha: SHA });
    await stage.live(60);
    expect(stage.workflows.runs).toHaveLength(2);
    expect(images(stage)).toMatchObject({ state: 'running', building: { number: 2 } });
  });

  it.each([
    ['says the commit', 'sha: {}', BUILD],
    ['says the branch alone', 'branch: {}', { workflow: 'build.yaml' }],
  ])('is started for the next commit, under a tag that is the same, where the request %s', async (_, inputs, build) => {
    const stage = await waiting({ tag: '{slug}', inputs, build });
    stage.workflows.to(0, { state: 'ended', conclusion: 'failure' });
    await stage.live(60);
    await stage.push(NEXT_SHA);
    await stage.live(60);

    expect(stage.workflows.runs.length).toBe(2);
    expect(images(stage)).toMatchObject({ state: 'running', building: { number: 2 } });
    expect((await stage.runs()).map(({ sha }) => sha)).toEqual([SHA, NEXT_SHA]);
  });

  it('is not started anew by a redeploy while it goes on', async () => {
    const stage = await waiting();
    await stage.ask({ kind: 'redeploy', sha: SHA });
    await stage.live(60);

    expect(stage.workflows.runs).toHaveLength(1);
  });
});
