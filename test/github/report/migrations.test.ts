import { describe, expect, it } from '@jest/globals';
import type { SchemaChange } from '../../../src/domain/schema-diff.ts';
import { renderCheck } from '../../../src/github/report/check.ts';
import { renderComment } from '../../../src/github/report/comment.ts';
import type { MigrationsReport } from '../../../src/reconcile/reporter.ts';
import { HEAD, report } from './report-fixture.ts';

const summary = (migrations: MigrationsReport) =>
  renderCheck(report({ migrations }), 'https://mayfly.example.org').summary;
const behind = {
  relation: 'behind',
  isBehind: true,
  text: 'Migrations: `a` is behind. Merge `main` into the branch.',
} as const;
const same = { relation: 'same', isBehind: false, text: 'Migrations: the same.' } as const;

describe('migrations on a pull request', () => {
  it('are warned of in the comment and in the check run while the source is further', () => {
    const migrations = { preflight: behind, difference: null };
    expect(renderComment(report({ migrations }))).toContain(`⚠️ ${behind.text}`);
    expect(renderComment(report({ migrations, phase: 'waiting', servedSha: null }))).toContain(`⚠️ ${behind.text}`);
    expect(summary(migrations)).toContain(`⚠️ ${behind.text}`);
  });

  it('are only in the check run where there is nothing to know', () => {
    const migrations = { preflight: same, difference: null };
    expect(renderComment(report({ migrations }))).not.toContain('Migrations');
    expect(summary(migrations)).toContain(same.text);
  });

  it('leave a list of what they made of the schema', () => {
    const changes: SchemaChange[] = [
      { what: 'table', table: 'new', name: null, was: null, is: '2 columns' },
      { what: 'table', table: 'old', name: null, was: '1 column', is: null },
      { what: 'column', table: 'person', name: 'name', was: 'varchar(35)', is: 'varchar(70)' },
    ];
    expect(summary({ preflight: null, difference: { sha: HEAD, changes, count: 3 } })).toContain(
      [
        'Schema after the migrations: 3 differences from the source.',
        '',
        '- added table `new`: `2 columns`',
        '- removed table `old`: `1 column`',
        '- changed column `person.name`: `varchar(35)` to `varchar(70)`',
      ].join('\n'),
    );
  });

  it('leave few words where nothing differs, and a number where much does', () => {
    expect(summary({ preflight: null, difference: { sha: HEAD, changes: [], count: 0 } })).toContain(
      'Schema after the migrations: no difference from the source.',
    );
    const changes = Array.from(
      { length: 60 },
      (_, index): SchemaChange => ({ what: 'table', table: `t${index}`, name: null, was: null, is: '1 column' }),
    );
    const text = summary({ preflight: null, difference: { sha: HEAD, changes, count: 500 } });
    expect(text.match(/- added table/g)).toHaveLength(40);
    expect(text).toContain('- and 460 more');
  });
});
