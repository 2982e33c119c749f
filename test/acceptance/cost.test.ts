import { expect, it } from '@jest/globals';
import { quickBlueprint } from '../support/blueprints.ts';
import { CLOUD_MS, useLocalCloud } from '../support/local-cloud.ts';
import { openPullRequest } from '../support/pull-request.ts';

const DAY_SECONDS = 86_400;
const cloud = useLocalCloud();

it(
  'says what an environment costs a day, what longer adds, and in the end what it has cost',
  async () => {
    const pull = openPullRequest(cloud, { blueprint: quickBlueprint({ database: {} }), labelled: true });
    await pull.untilReady();

    expect(pull.comment()).toMatch(/\*\*Owner\*\* `[^`]+` · about £\d+(\.\d\d)?( to £\d+(\.\d\d)?)? a day\n/);
    expect(pull.comment()).toContain('Prices: simulated by the local cloud, 2026-11-20.');

    cloud.now.clock.jump(DAY_SECONDS);
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

    pull.close();
    await pull.untilGone();
    expect(pull.comment()).toMatch(/Lived 1 day[^.]*, cost about £\d+(\.\d\d)?( to £\d+(\.\d\d)?)?\. /);
  },
  CLOUD_MS,
);
