import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { signPassport } from '../../src/domain/passport.ts';
import { newestSnapshot, sourceId } from '../../src/domain/source.ts';
import { proofProblem } from '../../src/domain/source-proof.ts';
import { goodPassport, passportKeys } from '../support/passports.ts';

describe("a source's identifier", () => {
  it('says of which platform it is and when it was made', () => {
    const id = sourceId({
      platform: 'nonprod',
      at: new Date('2026-11-20T23:59:59Z'),
      snapshotArn: 'arn:x',
      earlier: 0,
    });
    expect(id).toMatch(/^nonprod-source-20261120-[0-9a-f]{4}$/);
  });

  it('is legal whatever the snapshot is called, the same each time, and another for another attempt', () => {
    const platform = fc.stringMatching(/^[a-z][a-z0-9]{0,15}$/);
    fc.assert(
      fc.property(platform, fc.string(), (name, snapshotArn) => {
        const of = { platform: name, at: new Date('2026-11-20T12:00:00Z'), snapshotArn, earlier: 0 };
        expect(sourceId(of)).toMatch(/^(?!.*--)[a-z][a-z0-9-]{0,61}[a-z0-9]$/);
        expect(sourceId({ ...of })).toBe(sourceId(of));
      }),
    );
    const of = { platform: 'p', at: new Date(0), snapshotArn: 'a' };
    expect(sourceId({ ...of, earlier: 0 })).not.toBe(sourceId({ ...of, earlier: 1 }));
  });
});

describe('the newest of some snapshots', () => {
  it('is the one taken last', () => {
    const snapshots = ['2026-11-20', '2026-11-22', '2026-11-21'].map((day) => ({
      arn: day,
      cluster: 'production',
      takenAt: new Date(day),
      engine: 'aurora-mysql',
      engineVersion: '8.0',
    }));
    expect(newestSnapshot(snapshots)?.arn).toBe('2026-11-22');
    expect(newestSnapshot([])).toBeUndefined();
  });
});

describe('a proof', () => {
  const keys = passportKeys();
  const sign = (overrides = {}) => signPassport(goodPassport('source', overrides), keys.privateKey);

  it('is a passport of this very source, signed with the key of the platform', () => {
    expect(proofProblem('source', sign(), keys.publicKey)).toBeUndefined();
  });

  it.each([
    ['none', null, 'has no passport'],
    ['one of another source', sign({ source: 'other' }), 'has the passport of another source'],
    ['one of another key', signPassport(goodPassport('source'), passportKeys().privateKey), 'not signed with the key'],
    ['one that was changed', { ...sign(), text: sign({ database: 'other' }).text }, 'not signed with the key'],
    ['one without rules', sign({ ruleSet: '' }), 'by which rules'],
    ['one without a schema', sign({ schema: 'x' }), 'of which schema'],
    ['one of another version', sign({ version: 2 }), 'of version 2'],
    ['one of no column', sign({ columns: [] }), 'has a passport of no column: the database vol was empty'],
    [
      'one of a server with a database that nobody ruled on',
      sign({
        otherDatabases: [
          { name: 'audit', reason: null },
          { name: 'ref', reason: 'codes' },
        ],
      }),
      'is not proven: on its server are also audit, unmasked',
    ],
    [
      'one that does not say what else is there',
      sign({ otherDatabases: null }),
      'does not say which other databases are on its server',
    ],
    ['one of an earlier Mayfly', sign({ otherDatabases: undefined }), 'does not say which other databases'],
    [
      'one of a check that failed',
      sign({ checks: [{ name: 'foreign key fk_a', passed: false, detail: '3 rows have none' }] }),
      'is not proven: foreign key fk_a: 3 rows have none',
    ],
  ])('is not %s', (_what, signed, problem) => {
    expect(proofProblem('source', signed, keys.publicKey)).toContain(problem);
  });

  it('is none where the key of the platform is none', () => {
    expect(proofProblem('source', sign(), 'no key')).toContain('not signed');
  });
});
