import { GetResourcesCommand } from '@aws-sdk/client-resource-groups-tagging-api';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { quickBlueprint } from '../support/blueprints.ts';
import { CLOUD_MS, useLocalCloud } from '../support/local-cloud.ts';
import { openPullRequest, type PullRequest } from '../support/pull-request.ts';

const DAY_MS = 86_400_000;
/** A task definition is what one commit ran, and a running task has the tags it started with. */
const FROZEN = /:(task-definition|task)\//;
const cloud = useLocalCloud();
let pull: PullRequest;

async function expiry(of = pull): Promise<number> {
  return (await of.record())?.intent.expiresAt.getTime() ?? 0;
}

async function answerTo(
  body: string,
  { actor, on = pull }: { actor?: string; on?: PullRequest } = {},
): Promise<string> {
  const said = on.say(body, actor);
  await on.until(`an answer to ${body}`, () => on.repliesTo(said).length > 0);
  expect(on.repliesTo(said)).toHaveLength(1);
  return on.repliesTo(said)[0] ?? '';
}

async function click(identifier: string, on = pull): Promise<void> {
  const [run] = on.checks();
  expect(run?.actions.map((action) => action.identifier)).toContain(identifier);
  cloud.now.github.actions.clickCheckAction({ ...on.at, checkRunId: run?.id ?? 0, identifier });
  await on.untilTakenIn();
}

/** When everything of the environment expires, as its tags say. */
async function ttlTags({ environment }: PullRequest): Promise<ReadonlySet<string | undefined>> {
  const TagFilters = [{ Key: 'Environment', Values: [environment] }];
  const { ResourceTagMappingList = [] } = await cloud.now.clients.tagging.send(new GetResourcesCommand({ TagFilters }));
  const kept = ResourceTagMappingList.filter(({ ResourceARN = '' }) => !FROZEN.test(ResourceARN));
  return new Set(kept.map(({ Tags = [] }) => Tags.find(({ Key }) => Key === 'TTL')?.Value));
}

beforeAll(async () => {
  pull = openPullRequest(cloud, { blueprint: quickBlueprint(), labelled: true });
  await pull.untilReady();
}, CLOUD_MS);

describe('commands in comments', () => {
  it(
    'keeps the environment for longer, and so say the tags in AWS',
    async () => {
      // One of its own: the tagging API goes on listing what another test removed.
      const kept = openPullRequest(cloud, { blueprint: quickBlueprint(), labelled: true });
      await kept.untilReady();
      const before = await expiry(kept);
      const said = kept.say('Still needed.\n\n/ephemeral extend 3d');
      await kept.until('an answer', () => kept.repliesTo(said).length > 0);

      expect((await expiry(kept)) - before).toBe(3 * DAY_MS);
      expect(kept.repliesTo(said)).toEqual([expect.stringContaining('It expires')]);
      await kept.until('a sign that it was done', () => kept.reactionsTo(said).includes('rocket'));
      const until = new Date(await expiry(kept)).toISOString().replace(/\.\d+Z$/, 'Z');
      await kept.until('the tags', async () => [...(await ttlTags(kept))].join() === until);
      kept.close();
    },
    CLOUD_MS,
  );

  it(
    'says so when the cap leaves less than was asked for, and a button gives no more either',
    async () => {
      const long = openPullRequest(cloud, { blueprint: quickBlueprint(), labelled: true });
      await long.untilReady();
      const answer = await answerTo('/ephemeral extend 60d', { on: long });
      const cap = ((await long.record())?.admittedAt?.getTime() ?? 0) + 28 * DAY_MS;

      expect(answer).toContain('less than was asked for');
      expect(answer).toContain('28');
      expect(await expiry(long)).toBe(cap);
      await click('extend-1d', long);
      expect(await expiry(long)).toBe(cap);
      long.close();
    },
    CLOUD_MS,
  );

  it(
    'shows the last lines of a service, and names those there are when there is no such one',
    async () => {
      await pull.visit('web', '/hello');

      expect(await answerTo('/ephemeral logs web')).toContain('GET /hello 200');
      expect(await answerTo('/ephemeral logs wbe')).toContain('The only one is `web`.');
    },
    CLOUD_MS,
  );

  it(
    'answers once where it stands, what can be said, and what it did not understand',
    async () => {
      expect(await answerTo('/ephemeral status')).toContain(`${pull.environment} is ready.`);
      expect(await answerTo('/EPHEMERAL help')).toContain('/ephemeral redeploy');
      expect(await answerTo('/ephemeral destory')).toContain('/ephemeral destroy');
      expect(await answerTo('/ephemeral extend 3 fortnights')).toMatch(/3 fortnights.*For example/s);
      expect((await pull.record())?.intent.state).toBe('present');
    },
    CLOUD_MS,
  );

  it(
    'obeys nothing that is quoted, in code, edited, or said by somebody without write permission',
    async () => {
      const before = await pull.record();
      const innocent = pull.say('Fine.');
      cloud.now.github.actions.editComment({ ...pull.at, commentId: innocent, body: '/ephemeral destroy' });
      pull.say('> /ephemeral destroy');
      pull.say('```\n/ephemeral destroy\n```');
      pull.say('Please do not say `/ephemeral destroy` here.');
      const answer = await answerTo('/ephemeral destroy', { actor: cloud.now.seed.people.outsider });
      await cloud.now.github.settled();

      expect(answer).toContain('`write` permission');
      expect((await pull.record())?.intent).toEqual(before?.intent);
      expect((await pull.visit('web')).status).toBe(200);
    },
    CLOUD_MS,
  );
});

describe('the buttons of the check run', () => {
  it(
    'deploys the same commit again without making anything twice',
    async () => {
      const names = await pull.inAccount();
      const service = [...cloud.now.aws.world.ecs.services.values()].findLast(({ name }) =>
        name.includes(`-${pull.environment}-`),
      );
      const before = service?.deployments[0]?.id;
      await click('redeploy');
      await pull.until('another deployment', () => service?.deployments[0]?.id !== before);
      await pull.until(
        'it to settle',
        async () => (await pull.record())?.observedGeneration === generation(await pull.record()),
      );
      await pull.untilReady();

      expect(await pull.inAccount()).toEqual(names);
    },
    CLOUD_MS,
  );

  it(
    'moves the expiry by a day',
    async () => {
      const before = await expiry();
      await click('extend-1d');

      expect((await expiry()) - before).toBe(DAY_MS);
    },
    CLOUD_MS,
  );

  it(
    'tears it down, and a command has it back',
    async () => {
      await click('destroy');
      await pull.untilGone();

      expect(await pull.inAccount()).toEqual([]);
      expect(pull.comment()).toContain('/ephemeral create');
      expect(await answerTo('/ephemeral extend 1d')).toContain('There is no environment here');

      pull.say('/ephemeral create');
      await pull.untilReady();
      expect((await pull.visit('web')).status).toBe(200);
    },
    CLOUD_MS,
  );
});

function generation(record: Awaited<ReturnType<PullRequest['record']>>): number | undefined {
  return record?.intent.generation;
}
