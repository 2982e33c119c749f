import { describe, expect, it } from '@jest/globals';
import { makePassport, type PassportFacts, provesTheSame } from '../../../src/data/verify/make-passport.ts';
import { passportProblem } from '../../../src/domain/passport.ts';

const facts: PassportFacts = {
  source: 'snapshot',
  takenAt: null,
  database: 'olcs',
  otherDatabases: [],
  ruleSet: 'a',
  schema: 'b',
  columns: [{ table: 'person', column: 'id', mask: 'keep', reason: 'a number' }],
  counts: [
    { table: 'person', before: 2, after: 2 },
    { table: 'firm', before: 1, after: 1 },
  ],
  cases: [],
  scan: {
    detectors: ['email'],
    columns: 1,
    rows: 3,
    findings: [],
    uncompared: [{ table: 'person', column: 'team', reason: 'its values are dealt anew among the rows' }],
    tables: [{ table: 'person', rows: 2, of: 4, cut: 1, marked: 3 }],
  },
  checks: [{ name: 'rows of person', passed: true, detail: '2 of 2' }],
  startedAt: '2026-11-26T02:00:00Z',
  finishedAt: '2026-11-26T03:00:00Z',
  madeBy: '0.1.0',
};

describe('making a passport', () => {
  it('is good where nothing was found and every check passed', () => {
    const passport = makePassport(facts);
    expect(passportProblem(passport)).toBeUndefined();
    expect(passport.counts.map(({ table }) => table)).toEqual(['firm', 'person']);
    expect(JSON.parse(JSON.stringify(passport))).toEqual(passport);
    expect(passport.scan.uncompared).toEqual(facts.scan.uncompared);
  });

  it('says of each table how much of it was looked at', () => {
    expect(makePassport(facts).scan.tables).toEqual([{ table: 'person', rows: 2, of: 4, cut: 1, marked: 3 }]);
  });

  it('is not good with a finding that nobody allowed', () => {
    const findings = [{ table: 'note', column: 'text', detector: 'email', rows: 1, allowed: null }];
    expect(passportProblem(makePassport({ ...facts, scan: { ...facts.scan, findings } }))).toBe(
      'note.text holds what looks like email in 1 rows',
    );
  });

  it('says the same as an earlier one whose originals nobody knows any more', () => {
    const documents = { name: 'documents of person.doc', passed: true, detail: '2 of 2 are still documents' };
    const earlier = makePassport({ ...facts, checks: [...facts.checks, documents] });
    const forgot = facts.scan.tables.map((table) => ({ ...table, marked: 0 }));
    expect(provesTheSame(earlier, makePassport({ ...facts, scan: { ...facts.scan, tables: forgot } }))).toBe(true);
    const counted = { ...documents, passed: false };
    expect(provesTheSame(earlier, makePassport({ ...facts, checks: [...facts.checks, counted] }))).toBe(false);
    expect(provesTheSame(earlier, makePassport({ ...facts, scan: { ...facts.scan, rows: 2 } }))).toBe(false);
    expect(provesTheSame(earlier, makePassport({ ...facts, checks: [] }))).toBe(false);
  });
});
