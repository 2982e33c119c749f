import { beforeEach, describe, expect, it } from '@jest/globals';
import type { CheckRun } from '../../sim/github/entities/check-run.ts';
import type { Deployment } from '../../sim/github/entities/deployment.ts';
import type { IssueComment } from '../../sim/github/entities/issue-comment.ts';
import type { Repository } from '../../sim/github/entities/repository.ts';
import { createReporter } from '../../src/github/reporter.ts';
import type { EnvironmentReport, Reporter } from '../../src/reconcile/reporter.ts';
import { type LocalHub, startLocalHub } from './local-hub.ts';
import { createTestMemory, type TestMemory } from './memory.ts';
import { report, suite, waitingStep } from './report/report-fixture.ts';

let hub: LocalHub;
let memory: TestMemory;
let reporter: Reporter;
let repository: Repository;

beforeEach(async () => {
  hub = await startLocalHub();
  memory = createTestMemory();
  reporter = createReporter({ octokits: hub.octokits, identity: hub.identity });
  repository = hub.github.store.repository(hub.seed.repository);
});

/** A report about the local pull request. */
function reported(more: Partial<EnvironmentReport> = {}): EnvironmentReport {
  const { number, installation } = hub.seed;
  return report({
    environment: { id: `acme/shop#${number}`, pullRequest: { repository: 'acme/shop', number }, name: `pr-${number}` },
    installationId: installation.id,
    headSha: hub.head,
    servedSha: hub.head,
    ...more,
  });
}

function comingUp(more: Partial<EnvironmentReport> = {}): EnvironmentReport {
  return reported({ phase: 'coming-up', servedSha: null, readyAt: null, steps: [waitingStep('Clone')], ...more });
}

const comments = (): IssueComment[] => [...repository.comments.values()];
const checks = (): CheckRun[] => [...repository.checkRuns.values()];
const deployments = (): Deployment[] => [...repository.deployments.values()];
const writes = (): string[] =>
  hub.github.requestLog.flatMap(({ method, operation }) => (method === 'GET' || !operation ? [] : [operation]));

/** Pushes to the pull request's branch, and gives the new head. */
function push(content: string): string {
  const { repository: name, branch, people } = hub.seed;
  return hub.github.actions.push({
    repository: name,
    actor: people.developer,
    ref: branch,
    files: { 'app/x.js': content },
  }).sha;
}

describe('what the pull request shows', () => {
  it('is one comment, one check run and one deployment, however often it is published', async () => {
    for (let round = 0; round < 5; round += 1) {
      await reporter.publish(comingUp(), memory);
      await reporter.publish(reported(), memory);
    }
    expect(comments()).toHaveLength(1);
    expect(comments()[0]?.body).toContain('🟢');
    expect(checks()).toHaveLength(1);
    expect(checks()[0]).toMatchObject({ name: 'ephemeral', status: 'completed', conclusion: 'success' });
    expect(deployments()).toHaveLength(1);
  });

  it('costs no call when nothing changed', async () => {
    await reporter.publish(reported(), memory);
    const before = hub.github.requestLog.length;
    await reporter.publish(reported({ now: new Date('2026-11-22T23:10:00Z') }), memory);
    expect(hub.github.requestLog.length).toBe(before);
  });

  it('is found again when its memory is lost', async () => {
    await reporter.publish(reported(), memory);
    await reporter.publish(reported({ phase: 'updating', servedSha: 'f'.repeat(40) }), createTestMemory());
    expect([comments().length, checks().length, deployments().length]).toEqual([1, 1, 1]);
    expect(comments()[0]?.body).toContain('is being updated');
  });

  it.each(['comment', 'check', 'deployment', 'deployment-status'] as const)(
    'is still one of each when the process dies before it has noted the %s',
    async (kind) => {
      memory.crashOn = kind;
      await expect(reporter.publish(reported(), memory)).rejects.toThrow('killed');
      await reporter.publish(reported(), memory);
      expect([comments().length, checks().length, deployments().length]).toEqual([1, 1, 1]);
    },
  );

  it.each(['issues/create-comment', 'checks/create', 'repos/create-deployment'])(
    'is still one of each when the answer to %s is lost',
    async (operation) => {
      hub.github.faults.addRest({ operation, effect: { kind: 'lose-answer' } });
      await expect(reporter.publish(reported(), memory)).rejects.toMatchObject({ name: 'TransientError' });
      await reporter.publish(reported(), memory);
      expect([comments().length, checks().length, deployments().length]).toEqual([1, 1, 1]);
    },
  );

  it.each(['checks/update', 'repos/create-deployment-status'])(
    'leaves the old commit nothing that looks served when GitHub denies once, to %s, what it still lists',
    async (operation) => {
      await reporter.publish(reported(), memory);
      const headSha = push('next');
      hub.github.faults.addRest({ operation, effect: { kind: 'status', status: 404 } });
      const next = reported({ headSha, servedSha: headSha });
      await expect(reporter.publish(next, memory)).rejects.toMatchObject({ name: 'TransientError' });
      await reporter.publish(next, memory);

      const conclusions = checks().map(({ suite: { headSha: sha }, conclusion }) => [sha === headSha, conclusion]);
      expect(conclusions).toEqual([
        [false, 'neutral'],
        [true, 'success'],
      ]);
      expect(deployments().map(({ statuses }) => statuses.at(-1)?.state)).toEqual(['inactive', 'success']);
    },
  );

  it.each(['issues/update-comment', 'checks/update', 'repos/create-deployment-status'])(
    'is what is true again, although the answer to %s was lost when it said something else',
    async (operation) => {
      await reporter.publish(reported(), memory);
      const said = () => [comments()[0]?.body, checks()[0]?.conclusion, deployments()[0]?.statuses.at(-1)?.state];
      const before = said();
      hub.github.faults.addRest({ operation, effect: { kind: 'lose-answer' } });
      await expect(reporter.publish(comingUp(), memory)).rejects.toMatchObject({ name: 'TransientError' });
      await reporter.publish(reported(), memory);

      expect(said()).toEqual(before);
    },
  );

  it.each(['check', 'deployment'] as const)(
    'is nothing that looks under way on the old commit, when the process died before it noted the %s and the head moved on',
    async (kind) => {
      memory.crashOn = kind;
      await expect(reporter.publish(comingUp(), memory)).rejects.toThrow('killed');
      const headSha = push('next');
      await reporter.publish(reported({ headSha, servedSha: headSha }), memory);

      expect(checks().map(({ status, conclusion }) => [status, conclusion])).toEqual([
        ['completed', 'neutral'],
        ['completed', 'success'],
      ]);
      expect(deployments().map(({ statuses }) => statuses.at(-1)?.state)).toEqual(['inactive', 'success']);
    },
  );

  it('is never somebody else’s comment with the marker copied into it', async () => {
    const { people, repository: name, number } = hub.seed;
    const place = { repository: name, actor: people.outsider, number };
    const theirs = hub.github.actions.comment({ ...place, body: '<!-- mayfly:environment -->\nmine' });
    await reporter.publish(reported(), memory);
    expect(theirs.body).toBe('<!-- mayfly:environment -->\nmine');
    expect(comments()).toHaveLength(2);
  });

  it('is never another comment of our own that only quotes the marker', async () => {
    const { installation, number } = hub.seed;
    const octokit = await hub.octokits.forInstallation(installation.id);
    const body = 'The last lines of `api`: <!-- mayfly:environment -->';
    await octokit.rest.issues.createComment({ owner: 'acme', repo: 'shop', issue_number: number, body });
    await reporter.publish(reported(), memory);
    expect(comments().map((comment) => comment.body === body)).toEqual([true, false]);
  });

  it('is found behind more comments than fit one page', async () => {
    const { people, repository: name, number } = hub.seed;
    const place = { repository: name, actor: people.developer, number };
    for (let count = 0; count < 101; count += 1) {
      hub.github.actions.comment({ ...place, body: 'talk' });
    }
    await reporter.publish(comingUp(), memory);
    await reporter.publish(reported(), createTestMemory());
    expect(comments()).toHaveLength(102);
  });

  it('comes back when somebody deleted it', async () => {
    await reporter.publish(comingUp(), memory);
    const [comment] = comments();
    hub.github.actions.deleteComment({
      repository: hub.seed.repository,
      actor: hub.seed.people.owner,
      commentId: comment?.id ?? 0,
    });
    expect(comments()).toEqual([]);
    await reporter.publish(reported(), memory);
    expect(comments()).toHaveLength(1);
    expect(comments()[0]?.id).not.toBe(comment?.id);
  });

  it('has the rest although one part is refused, and says what was refused', async () => {
    hub.github.faults.addRest({
      operation: 'checks/create',
      effect: { kind: 'status', status: 403, message: 'Resource not accessible by integration' },
    });
    await expect(reporter.publish(reported(), memory)).rejects.toMatchObject({
      name: 'TerminalError',
      reason: 'GitHubPermission',
    });
    expect([comments().length, checks().length, deployments().length]).toEqual([1, 0, 1]);
  });

  it('waits as long as GitHub asks', async () => {
    hub.github.faults.addRest({
      operation: 'issues/create-comment',
      effect: { kind: 'secondary-limit', retryAfterSeconds: 77 },
    });
    await expect(reporter.publish(reported(), memory)).rejects.toMatchObject({
      name: 'TransientError',
      reason: 'SecondaryRateLimit',
      retryAfterSeconds: 77,
    });
    expect(writes()).toEqual(['apps/create-installation-access-token', 'issues/create-comment']);
  });
});

describe('the check run', () => {
  it('is green for the commit that is served and for no other', async () => {
    await reporter.publish(reported(), memory);
    const pushed = push('2');
    await reporter.publish(reported({ phase: 'updating', headSha: pushed, servedSha: hub.head }), memory);
    expect(checks().map(({ suite, status, conclusion }) => [suite.headSha, status, conclusion])).toEqual([
      [hub.head, 'completed', 'neutral'],
      [pushed, 'in_progress', undefined],
    ]);
    await reporter.publish(reported({ headSha: pushed, servedSha: pushed }), memory);
    expect(checks().map(({ suite, conclusion }) => [suite.headSha, conclusion])).toEqual([
      [hub.head, 'neutral'],
      [pushed, 'success'],
    ]);
    expect(checks().map(({ actions }) => actions.length)).toEqual([0, 3]);
  });

  it('turns back from green when the same commit is deployed again', async () => {
    await reporter.publish(reported(), memory);
    await reporter.publish(reported({ phase: 'updating', servedSha: null, steps: [waitingStep('Clone')] }), memory);
    expect(checks()).toHaveLength(1);
    expect(checks()[0]).toMatchObject({ status: 'in_progress', conclusion: undefined });
  });

  it('leads to the environment while that is served, and to the pull request before and after', async () => {
    const page = `${hub.github.url}/acme/shop/pull/${hub.seed.number}`;
    const led: (string | null | undefined)[] = [];
    for (const now of [comingUp(), reported(), reported({ phase: 'gone', releaseReason: 'closed' })]) {
      await reporter.publish(now, memory);
      led.push(checks()[0]?.detailsUrl);
    }
    expect(led).toEqual([page, 'https://ssweb.pr-1721.ephemeral.example.gov.uk', page]);
    expect(deployments()[0]?.statuses.map(({ environmentUrl }) => environmentUrl)).toEqual([
      '',
      'https://ssweb.pr-1721.ephemeral.example.gov.uk',
      '',
    ]);
  });

  it('names its environment, so that a button knows its pull request', async () => {
    await reporter.publish(reported(), memory);
    expect(checks()[0]?.externalId).toBe(`acme/shop#${hub.seed.number}`);
  });

  it('is another one for another pull request of the same commit', async () => {
    await reporter.publish(reported(), memory);
    const twin = {
      id: 'acme/shop#999',
      pullRequest: { repository: 'acme/shop', number: hub.seed.number },
      name: 'pr-999',
    };
    await reporter.publish(reported({ environment: twin }), createTestMemory());
    expect(checks().map(({ externalId }) => externalId)).toEqual([`acme/shop#${hub.seed.number}`, 'acme/shop#999']);
  });
});

describe('an environment that ended before anything was asked for', () => {
  const ended = () => reported({ phase: 'gone', releaseReason: 'closed', servedSha: null, receipt: [] });

  it('is not spoken of', async () => {
    await reporter.publish(ended(), memory);
    expect([comments(), checks(), deployments()]).toEqual([[], [], []]);
  });

  it('has what was said of it put right, also when the process died before noting that', async () => {
    memory.crashOn = 'comment';
    await expect(reporter.publish(reported({ phase: 'waiting', servedSha: null }), memory)).rejects.toThrow('killed');
    await reporter.publish(ended(), memory);
    expect(comments()).toHaveLength(1);
    expect(comments()[0]?.body).toContain('was not made (closed)');
  });
});

describe('the deployment', () => {
  it('stands on the shared environment and is told apart by its task', async () => {
    await reporter.publish(comingUp(), memory);
    expect(deployments()[0]).toMatchObject({
      sha: hub.head,
      environment: 'ephemeral',
      task: `ephemeral:pr-${hub.seed.number}`,
      transient: true,
      production: false,
    });
  });

  it('goes from in progress to success to inactive', async () => {
    await reporter.publish(comingUp(), memory);
    await reporter.publish(reported(), memory);
    await reporter.publish(reported({ phase: 'gone', releaseReason: 'merged' }), memory);
    expect(deployments()[0]?.statuses.map(({ state, environmentUrl }) => [state, environmentUrl])).toEqual([
      ['in_progress', ''],
      ['success', 'https://ssweb.pr-1721.ephemeral.example.gov.uk'],
      ['inactive', ''],
    ]);
  });

  it('is a new one for a new commit, and the old one becomes inactive', async () => {
    await reporter.publish(reported(), memory);
    const pushed = push('2');
    await reporter.publish(reported({ phase: 'updating', headSha: pushed, servedSha: hub.head }), memory);
    const last = deployments().map(({ sha, statuses }) => [sha, statuses.at(-1)?.state]);
    expect(last).toEqual([
      [hub.head, 'inactive'],
      [pushed, 'in_progress'],
    ]);
  });

  it('leaves the deployments of other pull requests alone', async () => {
    await reporter.publish(reported(), memory);
    const other = { id: 'acme/shop#2', pullRequest: { repository: 'acme/shop', number: 2 }, name: 'pr-2' };
    const octokit = await hub.octokits.forInstallation(hub.seed.installation.id);
    const made = await octokit.rest.repos.createDeployment({
      owner: 'acme',
      repo: 'shop',
      ref: hub.head,
      task: 'ephemeral:pr-2',
      environment: 'ephemeral',
      auto_merge: false,
      required_contexts: [],
    });
    await octokit.rest.repos.createDeploymentStatus({
      owner: 'acme',
      repo: 'shop',
      deployment_id: 'id' in made.data ? made.data.id : 0,
      state: 'success',
      auto_inactive: false,
    });
    const pushed = push('3');
    await reporter.publish(reported({ headSha: pushed, servedSha: pushed }), memory);
    const theirs = deployments().find(({ task }) => task === 'ephemeral:pr-2');
    expect(theirs?.statuses.map(({ state }) => state)).toEqual(['success']);
    expect(other.id).toBe('acme/shop#2');
  });

  it('is not made for what waits or was refused', async () => {
    await reporter.publish(reported({ phase: 'waiting', servedSha: null }), memory);
    await reporter.publish(reported({ phase: 'refused', servedSha: null }), memory);
    await reporter.publish(reported({ phase: 'gone' }), memory);
    expect(deployments()).toEqual([]);
  });
});

describe('the check run of a suite', () => {
  const running = () => suite({ sha: hub.head, state: 'running', conclusion: null });
  const own = () => checks().filter(({ name }) => name === 'ephemeral / regression');

  it('stands on the commit that it tests, beside that of the environment, and stays there when the head moves on', async () => {
    await reporter.publish(reported({ suites: [running()] }), memory);
    const tested = hub.head;
    const head = push('next');
    const voided = suite({ sha: tested, conclusion: 'void', message: 'another commit is deployed' });
    await reporter.publish(reported({ headSha: head, suites: [voided] }), memory);

    expect(own()).toHaveLength(1);
    expect(own()[0]).toMatchObject({ status: 'completed', conclusion: 'neutral', suite: { headSha: tested } });
    expect(checks().filter(({ name }) => name === 'ephemeral')).toHaveLength(2);
  });

  it('is one although the process died before noting it, and costs no call while nothing changes', async () => {
    const suites = [running()];
    memory.crashOn = `check/1/${suites[0]?.key ?? ''}`;
    await expect(reporter.publish(reported({ suites }), memory)).rejects.toThrow('killed');
    await reporter.publish(reported({ suites }), memory);
    const before = hub.github.requestLog.length;
    await reporter.publish(reported({ suites }), memory);

    expect(own()).toHaveLength(1);
    expect(hub.github.requestLog.length).toBe(before);
  });

  it('is another one for each run', async () => {
    const again = suite({ sha: hub.head, key: `suite/regression/${hub.head}/2` });
    await reporter.publish(reported({ suites: [running(), again] }), memory);

    expect(own().map(({ status }) => status)).toEqual(['in_progress', 'completed']);
  });
});

describe('the expiry warning', () => {
  const expiresAt = new Date('2026-11-24T20:00:00Z');

  it('is one new comment, and an edit of it from then on', async () => {
    await reporter.publish(reported({ expiresAt, warning: 48 }), memory);
    expect(comments()).toHaveLength(2);
    expect(comments()[1]?.body).toContain('@alice');
    await reporter.publish(reported({ expiresAt, warning: null }), memory);
    await reporter.publish(reported({ expiresAt, warning: 24 }), memory);
    expect(comments()).toHaveLength(2);
    expect(comments()[1]?.body).toContain('in less than 24 hours');
    await reporter.publish(reported({ expiresAt: new Date('2026-11-29T22:40:00Z'), warning: null }), memory);
    expect(comments()).toHaveLength(2);
    expect(comments()[1]?.body).toContain('is kept until **Sun 29 Nov 2026, 22:40 UTC**');
  });

  it('is one comment although the process died before noting it', async () => {
    memory.crashOn = 'warning';
    await expect(reporter.publish(reported({ expiresAt, warning: 48 }), memory)).rejects.toThrow('killed');
    await reporter.publish(reported({ expiresAt, warning: 48 }), memory);
    expect(comments()).toHaveLength(2);
  });

  it('does not come back when somebody deleted it and there is nothing new to say', async () => {
    await reporter.publish(reported({ expiresAt, warning: 48 }), memory);
    const warning = comments()[1];
    hub.github.actions.deleteComment({
      repository: hub.seed.repository,
      actor: hub.seed.people.owner,
      commentId: warning?.id ?? 0,
    });
    await reporter.publish(reported({ phase: 'gone' }), memory);
    expect(comments()).toHaveLength(1);
  });
});
