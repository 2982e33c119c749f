import { describe, expect, it } from '@jest/globals';
import { TerminalError, TransientError } from '../../../src/domain/failure.ts';
import { NEXT_SHA, type RunStage, SHA, startRunStage, WORKFLOW } from './run-stage.ts';

const WEB = { image: 'web', port: 8080, host: 'web', listeners: [80] };
const SUITE = { workflow: 'ephemeral-cd.yaml' };
const lost = () => new TransientError('GitHubUnavailable', 'GitHub did not answer');

/** An environment that is ready, with a suite `regression`. */
async function ready({ suite = SUITE, workflow }: { suite?: object; workflow?: string } = {}): Promise<RunStage> {
  const blueprint = {
    version: 1,
    database: false,
    services: { web: WEB },
    suites: { regression: suite, smoke: suite },
  };
  const stage = await startRunStage({ blueprint, ...(workflow === undefined ? {} : { workflow }) });
  stage.resources.set('image', { outputs: { reference: 'web:1', tag: '1', origin: 'head' } });
  await stage.live(60);
  return stage;
}

describe('a suite that is asked for', () => {
  it('is run against what is served, and told only what its workflow declares', async () => {
    const stage = await ready();
    const reply = await stage.test();
    await stage.live(10);

    expect(reply).toMatchObject({ refused: false, messages: [{ kind: 'test', sha: SHA, already: false }] });
    const [run] = stage.workflows.runs;
    expect(run).toMatchObject({ repository: 'acme/shop', workflow: 'ephemeral-cd.yaml', ref: 'feature/basket' });
    expect(run?.inputs).toEqual({
      test_suite: 'regression',
      environment: 'pr-7',
      sha: SHA,
      urls: JSON.stringify({ web: 'http://web.pr-7.ephemeral.example.gov.uk' }),
      correlation_id: expect.stringMatching(/^mayfly-[0-9a-f]{12}$/),
    });
    expect(stage.suites()).toMatchObject([{ suite: 'regression', sha: SHA, state: 'queued', askedBy: 'octocat' }]);
  });

  it('is told what the blueprint says, whether declared or not, and nothing else that is not declared', async () => {
    const workflow = WORKFLOW.replace(/inputs: .*/, 'inputs: { platform_env: {}, sha: {} }');
    const stage = await ready({ suite: { ...SUITE, inputs: { platform_env: '${env.name}', sha: 'main' } }, workflow });
    await stage.test();
    await stage.live(10);

    expect(stage.workflows.runs[0]?.inputs).toEqual({ platform_env: 'pr-7', sha: 'main' });
  });

  it('goes from queued to running to passed, whether or not anything is heard of it', async () => {
    const stage = await ready();
    await stage.test();
    await stage.live(10);
    stage.workflows.to(0, { state: 'running', conclusion: null });
    await stage.live(60);
    expect(stage.suites()).toMatchObject([{ state: 'running', link: { number: 1 } }]);
    stage.workflows.to(0, { state: 'ended', conclusion: 'success' });
    await stage.live(60);

    expect(stage.suites()).toMatchObject([{ state: 'ended', conclusion: 'success' }]);
    expect(stage.unexpected).toEqual([]);
  });

  it('is looked at as soon as something is heard of its run', async () => {
    const stage = await ready();
    await stage.test();
    await stage.live(600);
    stage.workflows.to(0, { state: 'ended', conclusion: 'failure' });
    await stage.pass();
    expect(stage.suites()).toMatchObject([{ state: 'queued' }]);

    stage.store.takeEnqueued();
    await stage.intake.hearOfRun(stage.suites()[0]?.link?.id ?? 0);
    expect(stage.store.takeEnqueued()).toEqual(['acme/shop#7']);
    await stage.pass();
    expect(stage.suites()).toMatchObject([{ state: 'ended', conclusion: 'failure' }]);
  });

  it('is one run however often it is asked for while it is open, and another one afterwards', async () => {
    const stage = await ready();
    await stage.test();
    await stage.live(10);
    const again = await stage.test();
    await stage.live(10);
    expect(again.messages).toMatchObject([{ kind: 'test', already: true, link: { number: 1 } }]);
    expect(stage.workflows.runs).toHaveLength(1);

    stage.workflows.to(0, { state: 'ended', conclusion: 'failure' });
    await stage.live(60);
    await stage.test();
    await stage.live(10);
    expect(stage.workflows.runs).toHaveLength(2);
    expect(stage.suites().map(({ state }) => state)).toEqual(['ended', 'queued']);
  });

  it('is not taken for a run of a life before', async () => {
    const stage = await ready();
    await stage.test();
    await stage.live(10);
    await stage.ask({ kind: 'release', reason: 'closed' });
    await stage.live(120);
    await stage.again();
    await stage.live(120);
    await stage.test();
    await stage.live(10);

    expect(await stage.runs(2)).toMatchObject([{ key: `suite/regression/${SHA}/1`, endedAt: null }]);
    expect(new Set(stage.workflows.runs.map(({ inputs }) => inputs['correlation_id'])).size).toBe(2);
  });

  it('began when it was first seen at work, however often it is looked at', async () => {
    const stage = await ready();
    await stage.test();
    await stage.live(10);
    stage.workflows.to(0, { state: 'running', conclusion: null });
    await stage.live(30);
    const [before] = await stage.runs();
    await stage.live(120);
    const [after] = await stage.runs();

    expect(before?.startedAt).not.toBeNull();
    expect(after?.startedAt).toEqual(before?.startedAt);
  });

  it('costs few calls, however long it takes', async () => {
    const stage = await ready();
    await stage.test();
    await stage.live(3600);

    // GitHub's 5,000 an hour are shared by everything that Mayfly does.
    expect(stage.workflows.looks).toBeLessThan(110);
    expect(stage.reads).toHaveLength(1);
  });

  it('is not given up because GitHub refuses a look at its run', async () => {
    const stage = await ready();
    await stage.test();
    await stage.live(30);
    const refusal = new TerminalError('GitHubPermission', 'not allowed', { actor: 'operator' });
    stage.workflows.errors.run = { error: refusal };
    await stage.live(30);
    expect(stage.workflows.errors.run).toBeUndefined();
    expect(stage.suites()).toMatchObject([{ state: 'queued', link: { number: 1 } }]);
    stage.workflows.to(0, { state: 'ended', conclusion: 'success' });
    await stage.live(120);

    expect(stage.suites()).toMatchObject([{ state: 'ended', conclusion: 'success' }]);
  });

  it('is over when somebody deletes its run', async () => {
    const stage = await ready();
    await stage.test();
    await stage.live(120);
    stage.workflows.runs.pop();
    await stage.live(120);

    expect(stage.suites()).toMatchObject([{ conclusion: 'cancelled', message: 'The run is no longer on GitHub.' }]);
  });

  it("is run on the pull request's own branch, however its repository is spelt", async () => {
    const stage = await ready({ suite: { ...SUITE, repository: 'Acme/Shop' } });
    await stage.test();
    await stage.live(10);

    expect(stage.workflows.runs).toMatchObject([{ repository: 'acme/shop', ref: 'feature/basket' }]);
    expect(stage.reads).toEqual([{ repository: 'acme/shop', sha: SHA }]);
  });

  it('is another run beside that of another suite', async () => {
    const stage = await ready();
    await stage.test('regression');
    await stage.test('smoke');
    await stage.live(10);

    expect(stage.workflows.runs.map(({ inputs }) => inputs['test_suite'])).toEqual(['regression', 'smoke']);
  });
});

describe('a suite whose environment is not as it was when it was asked for', () => {
  /** The service is gone at the next look, and comes back after so many seconds. */
  async function broken(readyAfterSeconds: number): Promise<RunStage> {
    const stage = await ready();
    stage.resources.set('service', { readyAfterSeconds });
    for (const id of stage.resources.existing()) {
      stage.resources.destroy(id.slice(id.indexOf(' ') + 1));
    }
    await stage.test();
    stage.restart();
    return stage;
  }

  it('is started as soon as that is ready again', async () => {
    const stage = await broken(90);
    await stage.live(60);
    expect(stage.workflows.runs).toEqual([]);
    expect(stage.suites()).toMatchObject([{ state: 'asked' }]);
    await stage.live(120);

    expect(stage.suites()).toMatchObject([{ state: 'queued', link: { number: 1 } }]);
  });

  it('does not have it looked at all the time', async () => {
    const stage = await broken(1e6);
    await stage.live(60);
    const { length } = stage.reports;
    await stage.live(600);

    // The service that is on its way has it looked at every three seconds or so.
    expect(stage.reports.length - length).toBeLessThan(250);
  });
});

describe('a suite that is not run', () => {
  it('is the one that nobody knows, with the nearest that is known', async () => {
    const stage = await ready();
    const reply = await stage.test('regresion');

    expect(reply).toMatchObject({ refused: true });
    expect(reply.messages).toEqual([
      { kind: 'unknown-suite', suite: 'regresion', known: ['regression', 'smoke'], meant: 'regression' },
    ]);
    expect(await stage.runs()).toEqual([]);
  });

  it('is asked for while the environment serves another commit than the head', async () => {
    const stage = await ready();
    await stage.push();
    const reply = await stage.test();

    expect(reply.messages).toMatchObject([
      { kind: 'not-ready', standing: ['pr-7 is being updated.', expect.anything()] },
    ]);
    expect(await stage.runs()).toEqual([]);
  });

  it('is asked for at a commit that is served no longer', async () => {
    const stage = await ready();
    await stage.push();
    await stage.live(120);
    const reply = await stage.ask({ kind: 'test', suite: 'regression', sha: SHA });

    expect(reply.messages).toMatchObject([{ kind: 'not-ready' }]);
    expect(await stage.runs()).toEqual([]);
  });

  it.each([
    ['is not there', '', 'is not there'],
    ['cannot be started by hand', 'on: push\n', 'has no `workflow_dispatch`'],
  ])('is that of a workflow that %s', async (_, workflow, message) => {
    const stage = await ready({ workflow: workflow || ' ' });
    await stage.test();
    await stage.live(10);

    expect(stage.workflows.runs).toEqual([]);
    expect(stage.suites()).toMatchObject([{ conclusion: 'not-started', message: expect.stringContaining(message) }]);
  });

  it('is refused by GitHub, and says in which words', async () => {
    const stage = await ready();
    stage.workflows.errors.start = {
      error: new TerminalError('WorkflowRefused', 'Unexpected inputs', { actor: 'author' }),
    };
    await stage.test();
    await stage.live(120);

    expect(stage.suites()).toMatchObject([{ conclusion: 'not-started', message: 'Unexpected inputs' }]);
    expect(stage.workflows.runs).toEqual([]);
  });

  it('is that of another repository for somebody who may not write there', async () => {
    const suite = { ...SUITE, repository: 'acme/tests' };
    const stage = await ready({ suite });
    await stage.test();
    await stage.live(10);
    expect(stage.suites()).toMatchObject([
      { conclusion: 'not-started', message: expect.stringContaining('`octocat` may not') },
    ]);

    stage.workflows.writers.add('octocat');
    await stage.test();
    await stage.live(10);
    expect(stage.workflows.runs).toMatchObject([{ repository: 'acme/tests', ref: 'main' }]);
    expect(stage.reads).toEqual([{ repository: 'acme/tests', sha: 'main' }]);
  });
});

describe('a suite of a commit that is not wanted any more', () => {
  it('is void, whatever its run ends with, and its run is cancelled', async () => {
    const stage = await ready();
    await stage.test();
    await stage.live(10);
    await stage.push();
    await stage.pass();

    expect(stage.workflows.runs[0]?.facts.conclusion).toBe('cancelled');
    expect(stage.suites()).toMatchObject([
      { conclusion: 'void', sha: SHA, message: expect.stringContaining('bbbbbbb') },
    ]);
  });

  it('is void when its run succeeded unseen after the next commit was pushed', async () => {
    const stage = await ready();
    await stage.test();
    await stage.live(10);
    await stage.push();
    stage.workflows.to(0, { state: 'ended', conclusion: 'success' });
    await stage.live(120);

    expect(stage.suites()).toMatchObject([{ conclusion: 'void' }]);
    expect(stage.reports.at(-1)?.servedSha).toBe(NEXT_SHA);
  });

  it('is not even started when the push came first', async () => {
    const stage = await ready();
    await stage.test();
    await stage.push();
    await stage.live(120);

    expect(stage.workflows.runs).toEqual([]);
    expect(stage.suites()).toMatchObject([{ conclusion: 'void' }]);
  });

  it('is not started when the push comes while its workflow is read', async () => {
    const stage = await ready();
    await stage.test();
    stage.meanwhile.reading = async () => {
      stage.meanwhile.reading = undefined;
      await stage.push();
    };
    await stage.live(120);

    expect(stage.workflows.runs).toEqual([]);
    expect(stage.suites()).toMatchObject([{ conclusion: 'void' }]);
  });

  it('is void when the environment goes', async () => {
    const stage = await ready();
    await stage.test();
    await stage.live(10);
    await stage.ask({ kind: 'release', reason: 'merged' });
    await stage.live(60);

    expect(stage.workflows.runs[0]?.facts.conclusion).toBe('cancelled');
    expect(stage.suites()).toMatchObject([{ conclusion: 'void', message: 'The environment is being removed.' }]);
  });

  it('is void although GitHub refuses to cancel its run, and says so', async () => {
    const stage = await ready();
    await stage.test();
    await stage.live(10);
    const message = 'cancelling run 9001: the app is not allowed to';
    stage.workflows.errors.cancel = { error: new TerminalError('GitHubPermission', message, { actor: 'operator' }) };
    await stage.ask({ kind: 'release', reason: 'closed' });
    await stage.pass();

    expect(stage.suites()).toMatchObject([
      { conclusion: 'void', message: `The environment is being removed. Its run goes on: ${message}.` },
    ]);
  });

  it('is cancelled once GitHub answers again', async () => {
    const stage = await ready();
    await stage.test();
    await stage.live(10);
    stage.workflows.errors.cancel = { error: lost() };
    await stage.push();
    await stage.pass();
    expect(stage.suites()).toMatchObject([{ state: 'queued' }]);
    await stage.live(20);

    expect(stage.workflows.runs[0]?.facts.conclusion).toBe('cancelled');
    expect(stage.suites()).toMatchObject([{ conclusion: 'void' }]);
  });
});

describe('a run whose beginning was not heard', () => {
  /** The answer to the dispatch was lost, or the process that waited for it died. */
  async function unheard(stage: RunStage): Promise<void> {
    await stage.test();
    stage.workflows.errors.start = { error: lost(), after: true };
    await stage.pass();
    stage.restart();
  }

  it('is started, although it cannot be read yet', async () => {
    const stage = await ready();
    stage.workflows.errors.run = {
      error: new TerminalError('GitHubPermission', 'reading run 9001: not allowed', { actor: 'operator' }),
    };
    await stage.test();
    await stage.live(10);

    expect(stage.suites()).toMatchObject([{ state: 'queued', conclusion: null, link: { id: 9001, number: 1 } }]);
  });

  it('is found again by its name, and no second one is started', async () => {
    const stage = await ready();
    await unheard(stage);
    await stage.live(300);

    expect(stage.workflows.runs).toHaveLength(1);
    expect(stage.suites()).toMatchObject([{ state: 'queued', link: { id: stage.workflows.runs[0]?.facts.link.id } }]);
  });

  it('is found again when GitHub does not say which run it started', async () => {
    const stage = await ready();
    stage.workflows.tellsId = false;
    await stage.test();
    await stage.live(10);

    expect(stage.workflows.runs).toHaveLength(1);
    expect(stage.suites()).toMatchObject([{ link: { number: 1 } }]);
  });

  it('is asked for again when it was never started', async () => {
    const stage = await ready();
    await stage.test();
    stage.workflows.errors.start = { error: lost() };
    await stage.pass();
    expect(stage.workflows.runs).toEqual([]);
    stage.restart();
    await stage.live(55);
    expect(stage.workflows.runs).toEqual([]);
    await stage.live(20);

    expect(stage.workflows.runs).toHaveLength(1);
    expect(stage.suites()).toMatchObject([{ state: 'queued' }]);
  });

  it('is given up where no name of a run could tell', async () => {
    const stage = await ready({ workflow: WORKFLOW.replace(/run-name.*\n/, '') });
    await unheard(stage);
    await stage.live(300);

    expect(stage.workflows.runs).toHaveLength(1);
    expect(stage.suites()).toMatchObject([
      { conclusion: 'not-started', message: expect.stringContaining('correlation_id') },
    ]);
  });

  it('is waited for when the next commit was pushed, until GitHub lists it', async () => {
    const stage = await ready();
    stage.workflows.namesRuns = false;
    await unheard(stage);
    await stage.push();
    await stage.live(20);
    expect(stage.suites()).toMatchObject([{ state: 'asked' }]);
    stage.workflows.namesRuns = true;
    await stage.live(20);

    expect(stage.workflows.runs).toMatchObject([{ facts: { conclusion: 'cancelled' } }]);
    expect(stage.suites()).toMatchObject([{ conclusion: 'void' }]);
  });

  it('is one run when GitHub says that it started one, and none is called by its id', async () => {
    const stage = await ready();
    stage.workflows.tellsId = false;
    stage.workflows.namesRuns = false;
    await stage.test();
    await stage.live(600);

    expect(stage.workflows.runs).toHaveLength(1);
    expect(stage.suites()).toMatchObject([
      { conclusion: 'not-started', message: expect.stringContaining('`run-name` must show') },
    ]);
  });

  it('is not asked for without end while answers are lost and no run shows its id', async () => {
    const stage = await ready();
    stage.workflows.namesRuns = false;
    await stage.test();
    for (let minute = 0; minute < 10; minute += 1) {
      stage.workflows.errors.start = { error: lost(), after: true };
      await stage.live(60);
    }

    expect(stage.workflows.runs).toHaveLength(2);
    expect(stage.suites()).toMatchObject([
      { conclusion: 'not-started', message: expect.stringContaining('Look under Actions') },
    ]);
  });

  it('is asked for again when a limit has passed, even where no name of a run could tell', async () => {
    const stage = await ready({ workflow: WORKFLOW.replace(/run-name.*\n/, '') });
    const error = new TransientError('RateLimit', "the hour's calls are spent", { retryAfterSeconds: 300 });
    stage.workflows.errors.start = { error };
    await stage.test();
    await stage.live(290);
    expect(stage.workflows.runs).toEqual([]);
    expect(stage.suites()).toMatchObject([{ state: 'asked' }]);
    await stage.live(20);

    expect(stage.suites()).toMatchObject([{ state: 'queued', link: { number: 1 } }]);
  });

  it('is found and cancelled when the next commit was pushed meanwhile', async () => {
    const stage = await ready();
    await unheard(stage);
    await stage.push();
    await stage.live(120);

    expect(stage.workflows.runs).toMatchObject([{ facts: { conclusion: 'cancelled' } }]);
    expect(stage.suites()).toMatchObject([{ conclusion: 'void' }]);
  });
});
