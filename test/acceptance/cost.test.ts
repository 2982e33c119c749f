import { expect, it } from '@jest/globals';
import { ENVIRONMENTS_PATH } from '../../src/api/environments-door.ts';
import type { EnvironmentView } from '../../src/reconcile/environment-view.ts';
import { quickBlueprint } from '../support/blueprints.ts';
import { CLOUD_MS, useLocalCloud } from '../support/local-cloud.ts';
import { openPullRequest, type PullRequest } from '../support/pull-request.ts';

const HOUR_SECONDS = 3600;
const DAY_SECONDS = 24 * HOUR_SECONDS;
const apiToken = 'a-token-of-this-test-alone-0123456789';
const cloud = useLocalCloud({ apiToken });

/** What programs are shown of the one environment there is; `status` is of a stranger who asks. */
async function shown(): Promise<{ environments: readonly EnvironmentView[]; status: number }> {
  const url = new URL(ENVIRONMENTS_PATH, cloud.now.mayfly.webhookUrl);
  const { status } = await fetch(url);
  const response = await fetch(url, { headers: { authorization: `Bearer ${apiToken}` } });
  return { ...((await response.json()) as { environments: readonly EnvironmentView[] }), status };
}

/** Programs are shown what people read in the comment, and strangers nothing. */
async function expectShown(pull: PullRequest): Promise<void> {
  const { environments, status } = await shown();
  expect(status).toBe(401);
  const { intent } = (await pull.record()) ?? {};
  expect(environments).toMatchObject([
    {
      name: `pr-${pull.number}`,
      phase: 'ready',
      servedSha: intent?.headSha,
      expiresAt: intent?.expiresAt.toISOString(),
      source: { identifier: cloud.now.platform.database.sourceIdentifier },
      cost: { currency: 'GBP', measured: true },
      advice: { insteadOf: { min: 0.5, max: 2 } },
    },
  ]);
  environments.forEach((environment) => expectSameWords(environment, pull.comment()));
}

function expectSameWords({ cost, advice }: EnvironmentView, comment: string): void {
  const perDay = Number(/ · about £([\d.]+) a day\n/.exec(comment)?.[1]);
  expect(Math.abs((cost?.perDay.low ?? 0) / perDay - 1)).toBeLessThan(0.05);
  expect(comment).toContain(
    `${advice?.because}: \`database.capacity: { min: ${advice?.min}, max: ${advice?.max} }\` instead of 0.5 to 2.`,
  );
}

it(
  'says what an environment costs a day, what longer adds, and in the end what it has cost',
  async () => {
    const pull = openPullRequest(cloud, { blueprint: quickBlueprint({ database: {} }), labelled: true });
    await pull.untilReady();

    expect(pull.comment()).toMatch(/\*\*Owner\*\* `[^`]+` · about £\d+(\.\d\d)?( to £\d+(\.\d\d)?)? a day\n/);
    expect(pull.comment()).toContain('Prices: simulated by the local cloud, 2026-11-20.');

    // So long that a whole day of whole hours is in it: less is too little for advice.
    cloud.now.clock.jump(DAY_SECONDS + 2 * HOUR_SECONDS);
    const said = pull.say('/ephemeral extend 1d\n/ephemeral status');
    await pull.until('an answer', () => pull.repliesTo(said).length > 0);
    const [answer = ''] = pull.repliesTo(said);
    expect(answer).toMatch(/That adds about £\d/);
    expect(answer).toMatch(
      /It costs about £[^:]+ a day: about £[^,]+ until now, and about £.+ by the time it expires\./,
    );

    // CloudWatch tells of a day in which nobody was connected.
    await pull.until('a measured cost', () => pull.comment()?.includes('what it used in the last day') ?? false);
    expect(pull.comment()).toMatch(/· about £\d+(\.\d\d)? a day\n/);
    expect(pull.comment()).toContain('Nobody has been connected to the clone since');

    await pull.until('advice', () => pull.comment().includes('hours that were measured'));
    await expectShown(pull);

    pull.close();
    await pull.untilGone();
    expect((await shown()).environments).toEqual([]);
    expect(pull.comment()).toMatch(/Lived 1 day[^.]*, cost about £\d+(\.\d\d)?( to £\d+(\.\d\d)?)?\. /);
  },
  CLOUD_MS,
);
