import { describe, expect, it } from '@jest/globals';
import { pushImage } from '../../sim/seed/compute.ts';
import { quickBlueprint, quickService } from '../support/blueprints.ts';
import { CLOUD_MS, useLocalCloud } from '../support/local-cloud.ts';
import { openPullRequest, type PullRequest, pullRequest } from '../support/pull-request.ts';

const BLUEPRINT = '.github/ephemeral.yml';
const SECRETS = { APP_KEY: 'prod/key' };
const cloud = useLocalCloud();

async function answerTo(pull: PullRequest, body: string, actor?: string): Promise<string> {
  const said = pull.say(body, actor);
  await pull.until(`an answer to ${body}`, () => pull.repliesTo(said).length > 0);
  expect(pull.repliesTo(said)).toHaveLength(1);
  return pull.repliesTo(said)[0] ?? '';
}

/** What has been delivered and taken in has been looked at. */
async function settled(pull: PullRequest): Promise<void> {
  await cloud.now.github.settled();
  const generation = (await pull.record())?.intent.generation ?? 0;
  await pull.until('a look at it', async () => ((await pull.record())?.observedGeneration ?? 0) >= generation);
}

/** Somebody who has read the commit has its image built, as their own pipeline would on a branch of theirs. */
async function publishImage(sha: string): Promise<void> {
  await pushImage(cloud.now.clients.ecr, `vol-app/api:${sha}`);
}

describe('a pull request from a fork', () => {
  it(
    'runs commit by commit, each approved by somebody who may, with the rights of its base',
    async () => {
      const { github, seed, label } = cloud.now;
      const { developer, outsider } = seed.people;
      const place = { repository: seed.repository, actor: outsider };
      const base = 'quick';
      github.actions.push({ ...place, actor: developer, ref: base, files: { [BLUEPRINT]: quickBlueprint() } });
      const theirs = quickBlueprint({ services: { web: quickService({ secrets: SECRETS }) } });
      const push = (text: string) =>
        github.actions.pushToFork({ ...place, ref: base, files: { [BLUEPRINT]: theirs, 'app/theirs.js': text } }).sha;
      const first = push('1\n');
      const opened = { ...place, head: base, base, title: 'feat: from outside', forkOwner: outsider };
      const pull = pullRequest(cloud, github.actions.openPullRequest(opened).number);
      const approveFirst = `/ephemeral approve ${first}`;

      github.actions.label({ ...pull.at, label });
      await pull.until('the question', () => pull.comment().includes('waits for approval'));
      expect(pull.comment()).toContain(`\`${approveFirst}\``);
      await pull.until('the check', () => pull.check() === 'completed neutral: Waiting for approval');
      expect(await answerTo(pull, approveFirst, outsider)).toContain('may not do that');
      expect(await answerTo(pull, `/ephemeral approve ${first.slice(0, 7)}`)).toContain(`\`${approveFirst}\``);
      await settled(pull);
      expect([await pull.inAccount(), await pull.rows()]).toEqual([[], []]);

      expect(await answerTo(pull, approveFirst)).toContain('is approved, that commit and no other');
      await pull.until('what is missing', () => pull.comment().includes(first));
      await publishImage(first);
      await pull.untilReady();
      expect((await pull.visit('web')).image).toContain(`vol-app/api:${first}`);
      expect(pull.comment()).toContain('`services.web.secrets` is as on `quick`, and not as this commit has it.');
      expect(await answerTo(pull, '/ephemeral test smoke')).toContain('is not run');

      const second = push('2\n');
      await publishImage(second);
      await pull.until('the question', () => pull.check(second) === 'completed neutral: Waiting for approval');
      expect(await answerTo(pull, approveFirst)).toContain('not the head of this pull request');
      for (const { id } of github.deliveries.filter(({ request }) => request.body.includes(approveFirst))) {
        github.redeliver(id);
      }
      await settled(pull);
      expect((await pull.record())?.servedSha).toBe(first);
      expect((await pull.visit('web')).image).toContain(`vol-app/api:${first}`);
      expect(pull.comment()).toContain(`\`/ephemeral approve ${second}\``);

      await answerTo(pull, `/ephemeral approve ${second}`);
      await pull.untilReady();
      expect((await pull.visit('web')).image).toContain(`vol-app/api:${second}`);
      expect((await cloud.now.mayfly.store.approvals(`${seed.repository}#${pull.number}`)).map(({ by }) => by)).toEqual(
        [developer, developer],
      );
      pull.close();
      await pull.untilGone();
      expect(await pull.inAccount()).toEqual([]);
    },
    CLOUD_MS,
  );
});

describe('whoever else knocks', () => {
  it(
    'is an outsider, who is told so, and of whose words nothing comes',
    async () => {
      const { outsider } = cloud.now.seed.people;
      const pull = openPullRequest(cloud, { blueprint: quickBlueprint() });
      expect(await answerTo(pull, '/ephemeral create', outsider)).toContain(`\`${outsider}\` may not do that`);
      expect(await pull.record()).toBeUndefined();
      expect(pull.comments()).toEqual([]);
    },
    CLOUD_MS,
  );

  it(
    'is a bot that pushes, and whose commit waits for somebody who has read it',
    async () => {
      const { github, seed } = cloud.now;
      const { dependabot } = seed.people;
      const pull = openPullRequest(cloud, { blueprint: quickBlueprint(), labelled: true });
      const first = pull.head();
      await pull.untilReady();
      const { headRef: ref = '' } = (await pull.record())?.intent ?? {};
      const { sha } = github.actions.push({ ...pull.at, actor: dependabot, ref, files: { 'package.json': '{}\n' } });
      await pull.until('the question', () => pull.check(sha) === 'completed neutral: Waiting for approval');
      expect(pull.comment()).toContain(`was pushed by \`${dependabot}\``);
      await settled(pull);
      expect((await pull.record())?.servedSha).toBe(first);
      expect((await pull.visit('web')).image).toContain(first.slice(0, 10));

      await answerTo(pull, `/ephemeral approve ${sha}`);
      await pull.untilReady();
      expect((await pull.visit('web')).image).toContain(sha.slice(0, 10));

      const hello = pull.say('Hello.');
      github.actions.editComment({ ...pull.at, commentId: hello, body: '/ephemeral destroy' });
      const before = (await pull.record())?.intent;
      const extended = pull.say('/ephemeral extend 1d');
      await pull.until('an answer', () => pull.repliesTo(extended).length > 0);
      for (const { id } of github.deliveries.filter(({ request }) => request.body.includes('/ephemeral extend 1d'))) {
        github.redeliver(id);
      }
      await settled(pull);
      const after = (await pull.record())?.intent;
      expect(after).toMatchObject({ state: 'present', generation: (before?.generation ?? 0) + 1 });
      expect(pull.repliesTo(extended)).toHaveLength(1);
      pull.close();
      await pull.untilGone();
    },
    CLOUD_MS,
  );
});
