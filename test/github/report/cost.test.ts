import { describe, expect, it } from '@jest/globals';
import { renderComment } from '../../../src/github/report/comment.ts';
import { costSection } from '../../../src/github/report/cost.ts';
import type { CostReport } from '../../../src/reconcile/cost/cost-report.ts';
import { NOW, report } from './report-fixture.ts';

const exactly = (pounds: number) => ({ low: pounds * 1_000_000, high: pounds * 1_000_000 });

function cost(more: Partial<CostReport> = {}): CostReport {
  return {
    currency: 'GBP',
    perDay: exactly(3.1),
    byExpiry: exactly(22),
    spent: exactly(9.8),
    measured: true,
    parts: [
      { name: 'services', perDay: exactly(1.2) },
      { name: 'database', perDay: exactly(1.9) },
      { name: 'secrets', perDay: null },
    ],
    sources: ['an invoice, 2026-11-01'],
    advice: null,
    idleSince: null,
    nearlyIdleSince: null,
    ...more,
  };
}

const gone = { phase: 'gone' as const, goneAt: NOW, releaseReason: 'expired' as const };

describe('the comment of an environment whose prices are known', () => {
  it('says what it costs a day, and folds what that is made of', () => {
    const comment = renderComment(report({ cost: cost() }));

    expect(comment).toContain('· **Owner** `alice` · about £3.10 a day\n');
    expect(comment).toContain(
      [
        '<details><summary>What it costs (about £3.10 a day)</summary>',
        '',
        '| Part | A day |',
        '|---|---|',
        "| Services' tasks | about £1.20 |",
        '| Clone of the database | about £1.90 |',
        '| Secrets | not counted: no price is known |',
        '',
        'about £22 in all by the time it expires, if nothing changes. The clone is put down at what it used in the last day. Traffic, logs and taxes are not counted. Prices: an invoice, 2026-11-01.',
        '',
        '</details>',
      ].join('\n'),
    );
  });

  it('says between what it is while only the settings of its clone are known', () => {
    const unmeasured = cost({ perDay: { low: 2_200_000, high: 6_100_000 }, measured: false });

    expect(renderComment(report({ cost: unmeasured }))).toContain('· about £2.20 to £6.10 a day');
    expect(costSection(report({ cost: unmeasured }))).toContain('between its least and its most');
  });

  it('says what settings would have been enough, and since when nobody is connected', () => {
    const advice = { settings: { min: 0.5, max: 4 }, enough: { min: 0, max: 1.5, hours: 30 } };
    const section = costSection(report({ cost: cost({ advice, idleSince: new Date('2026-11-22T20:00:00Z') }) }));

    expect(section).toContain(
      'Less would have been enough in the 30 hours that were measured: `database.capacity: { min: 0, max: 1.5 }` instead of 0.5 to 4.',
    );
    expect(section).toContain('Nobody has been connected to the clone since Sun 22 Nov 2026, 20:00 UTC.');
    const more = { settings: { min: 0.5, max: 2 }, enough: { min: 0.5, max: 2.5, hours: 30 } };
    expect(costSection(report({ cost: cost({ advice: more }) }))).toContain('It came up against its most');
  });

  it('says since when connections asked for next to nothing, unless there was none', () => {
    const nearlyIdleSince = new Date('2026-11-22T08:00:00Z');
    const section = costSection(report({ cost: cost({ nearlyIdleSince }) }));

    expect(section).toContain(
      'The clone has needed no more than half a capacity unit, the least while it is awake, since Sun 22 Nov 2026, 08:00 UTC: who is connected asks next to nothing of it.',
    );
    const idleSince = new Date('2026-11-22T20:00:00Z');
    expect(costSection(report({ cost: cost({ nearlyIdleSince, idleSince }) }))).not.toContain('next to nothing');
  });

  it('lets no dollar begin a formula', () => {
    const comment = renderComment(
      report({ cost: cost({ currency: 'USD', perDay: { low: 1_000_000, high: 2_000_000 } }) }),
    );

    expect(comment).toContain('about \\$1.00 to \\$2.00 a day');
    expect(comment).not.toMatch(/[^\\]\$/);
  });

  it('stays the same while only what was spent has changed', () => {
    expect(renderComment(report({ cost: cost() }))).toBe(
      renderComment(report({ cost: cost({ spent: exactly(10.9) }) })),
    );
  });

  it('says on the receipt what it has cost in all', () => {
    expect(renderComment(report({ ...gone, cost: cost() }))).toMatch(/Lived [^.]+, cost about £9\.80\. /);
  });

  it('says nothing while nothing costs anything', () => {
    const nothing = cost({ perDay: exactly(0), spent: exactly(0), byExpiry: exactly(0), parts: [] });

    expect(renderComment(report({ cost: nothing }))).toBe(renderComment(report()));
    expect(renderComment(report({ ...gone, cost: nothing }))).toBe(renderComment(report(gone)));
  });
});
