import { describe, expect, it } from '@jest/globals';
import { migrationsIn } from '../../../src/domain/migrations/tool.ts';
import { MIGRATION_TOOLS } from '../../../src/domain/migrations/tools.ts';

const { doctrine, flyway } = MIGRATION_TOOLS;

describe('migrations of Doctrine', () => {
  it('are the classes in files of their names, wherever below the folder they are', () => {
    const paths = ['2025/Version20250102030405.php', 'Version20240101000000.php', 'AbstractMigration.php', '.gitkeep'];
    expect(migrationsIn(doctrine, paths)).toEqual(['20240101000000', '20250102030405']);
  });

  it('are known in the table by their full names, and by their times before version 3', () => {
    const rows = [{ version: 'Dvsa\\Migrations\\Version20240101000000' }, { version: '20250102030405' }];
    expect(doctrine.historyOf(rows)).toEqual({ ids: ['20240101000000', '20250102030405'], floor: null });
    expect(doctrine.called('20240101000000')).toBe('Version20240101000000');
  });
});

describe('migrations of Flyway', () => {
  it('are the versioned ones, by their numbers', () => {
    const paths = [
      'V10__ten.sql',
      'V2_1__two.sql',
      'V001.002__x.sql',
      'R__view.sql',
      'U2.1__undo.sql',
      'V3.sql',
      'x/V9__J.java',
    ];
    expect(migrationsIn(flyway, paths)).toEqual(['1.2', '2.1', '9', '10']);
  });

  it('reads 1, 1.0 and 001 as one version', () => {
    expect(migrationsIn(flyway, ['V1__a.sql', 'V1.0__b.sql', 'V001__c.sql'])).toEqual(['1']);
  });

  it('are those that succeeded, without what was undone or deleted, from the baseline on', () => {
    const row = (version: string | null, type: string, success = 1) => ({ version, type, success });
    expect(
      flyway.historyOf([
        row(null, 'SCHEMA'),
        row('1.0', 'BASELINE'),
        row('2', 'SQL'),
        row('3', 'SQL'),
        row('3', 'UNDO_SQL'),
        row('4', 'SQL'),
        row('4', 'DELETE'),
        row('5', 'SQL', 0),
        row(null, 'SQL'),
      ]),
    ).toEqual({ ids: ['1', '2'], floor: '1' });
  });
});
